/// Proofs about a tree of a known size, from its tiles: a few tiles are read, whatever the size.
///
/// RFC 6962 section 2.1: https://www.rfc-editor.org/rfc/rfc6962#section-2.1
struct TileTree {
    let size: Int64
    /// Of the tiles: a tile holds 2 to the power of this hashes.
    var tileHeight = 8
    /// Hands out hashes of a level of tiles, which lie in one tile of it: leaf hashes of level 0, the roots of whole
    /// tiles below for every other level.
    let read: (_ level: Int, _ range: Range<Int64>) throws -> [Hash]

    func root() throws -> Hash { size == 0 ? .empty : try hash(0..<size) }

    /// PATH of section 2.1.1: from the leaf's sibling up to the root's child.
    func inclusion(of leaf: Int64) throws -> [Hash] {
        var path: [Hash] = []
        var range = 0..<size
        while range.count > 1 {
            let middle = TileTree.middle(range)
            let isLeft = leaf < middle
            path.append(try hash(isLeft ? middle..<range.upperBound : range.lowerBound..<middle))
            range = isLeft ? range.lowerBound..<middle : middle..<range.upperBound
        }
        return path.reversed()
    }

    /// PROOF of section 2.1.2, that the tree's first `old` leaves are the tree of that size.
    func consistency(with old: Int64) throws -> [Hash] {
        guard old > 0, old < size else { return [] }
        var proof: [Hash] = []
        var range = 0..<size
        // Whether the old tree is a whole subtree reached by going left alone: its root is known to who asks.
        var isOldRoot = true
        while old != range.upperBound {
            let middle = TileTree.middle(range)
            if old <= middle {
                proof.append(try hash(middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                proof.append(try hash(range.lowerBound..<middle))
                range = middle..<range.upperBound
                isOldRoot = false
            }
        }
        if !isOldRoot { proof.append(try hash(range)) }
        return proof.reversed()
    }

    /// The root over leaves that are a subtree of this tree.
    private func hash(_ range: Range<Int64>) throws -> Hash {
        let count = Int64(range.count)
        if count & (count - 1) == 0 { return try perfect(height: count.trailingZeroBitCount, at: range.lowerBound) }
        let middle = TileTree.middle(range)
        return Hash(left: try hash(range.lowerBound..<middle), right: try hash(middle..<range.upperBound))
    }

    private func perfect(height: Int, at start: Int64) throws -> Hash {
        let (level, rest) = height.quotientAndRemainder(dividingBy: tileHeight)
        let first = start >> Int64(level * tileHeight)
        let row = try read(level, first..<(first + (1 << Int64(rest))))
        guard row.count == 1 << rest else { throw JournalError.broken("a tile of level \(level) is missing") }
        var tree = MerkleTree()
        for hash in row { _ = tree.append(hash) }
        return tree.root
    }

    /// Where RFC 6962 splits: the left part has the greatest power of two of leaves that is less than all.
    private static func middle(_ range: Range<Int64>) -> Int64 {
        let left = Int64(1) << Int64(Int64.bitWidth - 1 - (Int64(range.count) - 1).leadingZeroBitCount)
        return range.lowerBound + left
    }
}
