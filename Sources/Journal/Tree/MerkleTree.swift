/// The right edge of an RFC 6962 tree that only grows: enough to append and to tell the root.
///
/// Hashes are kept as C2SP tlog tiles of height 8: level 0 holds leaf hashes, level n the roots of whole tiles of
/// level n - 1. Only the last, incomplete tile of each level is in memory; a whole one is handed out to be stored.
struct MerkleTree: Sendable {
    static let tileWidth = 256

    struct Tile: Sendable {
        let level: Int
        let number: Int64
        let root: Hash
        let hashes: [Hash]
    }

    private(set) var size: Int64 = 0
    private var edges: [[Hash]] = []

    init() {}

    /// A tree of a known size, from the hashes of each level's incomplete tile.
    init(size: Int64, edges: [[Hash]]) {
        self.size = size
        self.edges = edges
    }

    /// Adds a leaf and returns the tiles that became whole by it, lowest level first.
    mutating func append(_ leaf: Hash) -> [Tile] {
        size += 1
        var whole: [Tile] = []
        var hash = leaf
        for level in 0... {
            if level == edges.count { edges.append([]) }
            edges[level].append(hash)
            guard edges[level].count == MerkleTree.tileWidth else { break }
            let tile = Tile(
                level: level, number: (size >> (8 * Int64(level + 1))) - 1,
                root: MerkleTree.root(edges[level]), hashes: edges[level])
            edges[level].removeAll(keepingCapacity: true)
            whole.append(tile)
            hash = tile.root
        }
        return whole
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
        var root: Hash?
        for edge in edges where !edge.isEmpty {
            let own = MerkleTree.peaks(edge)
            for peak in own.reversed() { root = root.map { Hash(left: peak, right: $0) } ?? peak }
        }
        return root ?? .empty
    }

    /// The root of a perfect tree over 2^n hashes.
    static func root(_ hashes: [Hash]) -> Hash {
        var row = hashes
        while row.count > 1 {
            row = stride(from: 0, to: row.count, by: 2).map { Hash(left: row[$0], right: row[$0 + 1]) }
        }
        return row.first ?? .empty
    }

    /// The roots of the perfect subtrees that make up a row, left to right.
    private static func peaks(_ row: [Hash]) -> [Hash] {
        var peaks: [Hash] = []
        var at = 0
        for bit in stride(from: 7, through: 0, by: -1) where row.count & (1 << bit) != 0 {
            peaks.append(root(Array(row[at..<(at + (1 << bit))])))
            at += 1 << bit
        }
        return peaks
    }
}
