/// Checks proofs as RFC 9162 sections 2.1.3.2 and 2.1.4.2 have it: https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3
enum TreeProof {
    /// Whether the path leads from the leaf to the root of a tree of `size` leaves.
    static func includes(_ leaf: Hash, at index: Int64, size: Int64, root: Hash, path: [Hash]) -> Bool {
        guard index >= 0, index < size else { return false }
        var (node, last) = (index, size - 1)
        var hash = leaf
        for sibling in path {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                hash = Hash(left: sibling, right: hash)
                skipEvenLevels(&node, &last)
            } else {
                hash = Hash(left: hash, right: sibling)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && hash == root
    }

    /// Whether the tree of `size` leaves begins with that of `old` leaves.
    static func extends(_ old: Int64, _ oldRoot: Hash, to size: Int64, _ root: Hash, proof: [Hash]) -> Bool {
        guard old >= 0, old <= size else { return false }
        if old == size { return proof.isEmpty && oldRoot == root }
        if old == 0 { return proof.isEmpty && oldRoot == .empty }
        // A whole subtree is a node of the new tree, and its root is known.
        var rest = (old & (old - 1) == 0 ? [oldRoot] : []) + proof
        guard !rest.isEmpty else { return false }
        var (node, last) = (old - 1, size - 1)
        let shift = Int64((~node).trailingZeroBitCount)
        (node, last) = (node >> shift, last >> shift)
        var was = rest.removeFirst()
        var now = was
        for sibling in rest {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                was = Hash(left: sibling, right: was)
                now = Hash(left: sibling, right: now)
                skipEvenLevels(&node, &last)
            } else {
                now = Hash(left: now, right: sibling)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && was == oldRoot && now == root
    }

    /// At the right edge a node moves up without a sibling until it is a right child.
    private static func skipEvenLevels(_ node: inout Int64, _ last: inout Int64) {
        while node & 1 == 0, node > 0 { (node, last) = (node >> 1, last >> 1) }
    }
}
