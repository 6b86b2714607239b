import Crypto
import Testing

@testable import Journal

@Suite struct MerkleTreeTests {
    /// RFC 6962 section 2.1, written down as the RFC has it: slow, recursive, and nothing of ours in it.
    static func reference(_ leaves: ArraySlice<Hash>) -> [UInt8] {
        if leaves.isEmpty { return Array(SHA256.hash(data: [UInt8]())) }
        if leaves.count == 1, let leaf = leaves.first { return leaf.bytes }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let middle = leaves.startIndex + split
        return Array(SHA256.hash(data: [1] + reference(leaves[..<middle]) + reference(leaves[middle...])))
    }

    static func leaves(_ count: Int) -> [Hash] {
        (0..<count).map { Leaf.hash(Array("leaf \($0)".utf8)) }
    }

    @Test(arguments: [0, 1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 700, 1000])
    func `the root is RFC 6962's at every size`(_ size: Int) {
        let leaves = MerkleTreeTests.leaves(size)
        var tree = MerkleTree()
        for leaf in leaves { _ = tree.append(leaf) }
        #expect(tree.root.bytes == MerkleTreeTests.reference(leaves[...]))
    }

    @Test func `tiles of a level above begin at 65,536 leaves`() {
        var tree = MerkleTree()
        var whole = 0
        for leaf in MerkleTreeTests.leaves(65_536) { whole += tree.append(leaf).count }
        #expect(whole == 257)
        #expect(tree.wholeTiles == 257)
    }

    @Test func `a leaf hash is RFC 6962's`() {
        #expect(Leaf.hash([1, 2]).bytes == Array(SHA256.hash(data: [0, 1, 2] as [UInt8])))
    }
}
