/// The right edge of an RFC 6962 tree that only grows: enough to append and to tell the root.
///
/// Hashes are kept as C2SP tlog tiles of height 8: level 0 holds leaf hashes, level n the roots of whole tiles of
/// level n - 1. Only the last, incomplete tile of each level is in memory; a whole one is handed out to be stored.
struct MerkleTree: Sendable {
    private static let tileHeight = 8
    private static let tileWidth = 1 << tileHeight

    struct Tile: Sendable {
        let level: Int
        let number: Int64
        let root: Hash
        let hashes: [Hash]
    }

    private(set) var size: Int64 = 0
    private var edges: [[Hash]] = [[]]
    /// The roots of the perfect subtrees that the tree is made of, left to right: one for each bit of the size.
    private var peaks: [Hash] = []

    init() {}

    /// A tree of a known size, from the hashes of each level's incomplete tile.
    init(size: Int64, edges: [[Hash]]) {
        self.size = size
        self.edges = edges
        for edge in edges.reversed() { peaks += MerkleTree.peaks(edge) }
    }

    /// Adds a leaf and returns the tiles that became whole by it, lowest level first.
    mutating func append(_ leaf: Hash) -> [Tile] {
        edges[0].append(leaf)
        var whole: [Tile] = []
        var root = leaf
        for height in 0..<(~size).trailingZeroBitCount {
            root = Hash(left: peaks.removeLast(), right: root)
            let (level, step) = (height + 1).quotientAndRemainder(dividingBy: MerkleTree.tileHeight)
            if step == 0 { whole.append(close(level: level - 1, root: root)) }
        }
        peaks.append(root)
        size += 1
        return whole
    }

    /// Takes the whole tile out of a level and hands its root to the level above.
    private mutating func close(level: Int, root: Hash) -> Tile {
        let number = size >> Int64(MerkleTree.tileHeight * (level + 1))
        let tile = Tile(level: level, number: number, root: root, hashes: edges[level])
        edges[level] = []
        edges[level].reserveCapacity(MerkleTree.tileWidth)
        if level + 1 == edges.count { edges.append([]) }
        edges[level + 1].append(root)
        return tile
    }

    /// How many whole tiles such a tree has, over all levels.
    var wholeTiles: Int64 {
        var count: Int64 = 0
        var rest = size >> 8
        while rest > 0 {
            count += rest
            rest >>= 8
        }
        return count
    }

    /// The tree head's hash.
    var root: Hash {
        guard var root = peaks.last else { return .empty }
        for peak in peaks.dropLast().reversed() { root = Hash(left: peak, right: root) }
        return root
    }

    /// The roots of the perfect subtrees that make up a row, left to right.
    private static func peaks(_ row: [Hash]) -> [Hash] {
        var tree = MerkleTree()
        for hash in row { _ = tree.append(hash) }
        return tree.peaks
    }
}
