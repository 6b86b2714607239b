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
        (0..<count).map { Hash(SHA256.hash(data: Array("leaf \($0)".utf8))) }
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

    /// As a writer takes over what is stored: the tree goes on as if it had been there all along.
    @Test(arguments: [0, 1, 255, 256, 700])
    func `a tree from stored hashes grows like the one that stored them`(_ size: Int) {
        let leaves = MerkleTreeTests.leaves(1100)
        var whole = MerkleTree()
        var roots: [Hash] = []
        for leaf in leaves[..<size] { roots += whole.append(leaf).map(\.root) }
        let last = Array(leaves[(size & ~255)..<size])
        var taken = MerkleTree(size: Int64(size), edges: size < 256 ? [last] : [last, roots])
        for leaf in leaves[size...] {
            #expect(taken.root == whole.root)
            #expect(taken.append(leaf).map(\.root) == whole.append(leaf).map(\.root))
        }
        #expect(taken.root.bytes == MerkleTreeTests.reference(leaves[...]))
    }
}
