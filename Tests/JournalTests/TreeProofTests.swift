import Crypto
import GRDB
import Testing

@testable import Journal

/// Proofs of RFC 6962, section 2.1.1 and 2.1.2, written down as the RFC has them: slow, and nothing of ours in it.
struct NaiveProofs {
    let leaves: [Hash]
    private var memo: [Range<Int>: Hash] = [:]

    init(_ leaves: [Hash]) { self.leaves = leaves }

    static func split(_ count: Int) -> Int {
        var split = 1
        while split * 2 < count { split *= 2 }
        return split
    }

    mutating func root(_ range: Range<Int>) -> Hash {
        if let known = memo[range] { return known }
        let hash: Hash
        if range.count == 1 {
            hash = leaves[range.lowerBound]
        } else {
            let middle = range.lowerBound + NaiveProofs.split(range.count)
            let (left, right) = (root(range.lowerBound..<middle), root(middle..<range.upperBound))
            hash = Hash(SHA256.hash(data: [1] + left.bytes + right.bytes))
        }
        memo[range] = hash
        return hash
    }

    mutating func path(_ leaf: Int, _ range: Range<Int>) -> [Hash] {
        guard range.count > 1 else { return [] }
        let middle = range.lowerBound + NaiveProofs.split(range.count)
        return leaf < middle
            ? path(leaf, range.lowerBound..<middle) + [root(middle..<range.upperBound)]
            : path(leaf, middle..<range.upperBound) + [root(range.lowerBound..<middle)]
    }

    mutating func proof(_ old: Int, _ range: Range<Int>, isWhole: Bool = true) -> [Hash] {
        if old == range.upperBound { return isWhole ? [] : [root(range)] }
        let middle = range.lowerBound + NaiveProofs.split(range.count)
        return old <= middle
            ? proof(old, range.lowerBound..<middle, isWhole: isWhole) + [root(middle..<range.upperBound)]
            : proof(old, middle..<range.upperBound, isWhole: false) + [root(range.lowerBound..<middle)]
    }
}

@Suite struct TreeProofTests {
    /// A tree whose tiles are made of the leaves at hand. Low tiles make many levels of few leaves.
    static func tree(
        _ leaves: [Hash], size: Int, height: Int = 2, reads: @escaping () -> Void = {}
    ) -> TileTree {
        var rows: [[Hash]] = [leaves]
        let width = 1 << height
        while let below = rows.last, below.count >= width {
            rows.append(
                (0..<below.count / width).map { number in
                    var tree = MerkleTree()
                    for hash in below[(number * width)..<((number + 1) * width)] { _ = tree.append(hash) }
                    return tree.root
                })
        }
        return TileTree(size: Int64(size), tileHeight: height) { [rows] level, range in
            reads()
            let isOfOneTile = range.lowerBound >> Int64(height) == (range.upperBound - 1) >> Int64(height)
            return isOfOneTile ? Array(rows[level][Int(range.lowerBound)..<Int(range.upperBound)]) : []
        }
    }

    @Test(arguments: [1...150, 151...300, 301...400, 401...500, 501...600])
    func `inclusion proofs are RFC 6962's at every size and position`(_ sizes: ClosedRange<Int>) throws {
        let leaves = MerkleTreeTests.leaves(sizes.upperBound)
        var naive = NaiveProofs(leaves)
        let whole = TreeProofTests.tree(leaves, size: 0)
        for size in sizes {
            let tree = TileTree(size: Int64(size), tileHeight: 2, read: whole.read)
            let root = naive.root(0..<size)
            #expect(try tree.root() == root)
            for leaf in 0..<size {
                let path = try tree.inclusion(of: Int64(leaf))
                try #require(path == naive.path(leaf, 0..<size), "\(leaf) of \(size)")
                // The same proofs as the RFC's: to verify some of each size is enough.
                guard (leaf + size).isMultiple(of: 7) || leaf + 1 == size else { continue }
                try #require(
                    TreeProof.includes(leaves[leaf], at: Int64(leaf), size: Int64(size), root: root, path: path))
            }
        }
    }

    @Test(arguments: [1...150, 151...300, 301...400, 401...500, 501...600])
    func `consistency proofs are RFC 6962's between every two sizes`(_ sizes: ClosedRange<Int>) throws {
        let leaves = MerkleTreeTests.leaves(sizes.upperBound)
        var naive = NaiveProofs(leaves)
        let whole = TreeProofTests.tree(leaves, size: 0)
        for size in sizes {
            let tree = TileTree(size: Int64(size), tileHeight: 2, read: whole.read)
            let root = naive.root(0..<size)
            for old in 1...size {
                let (proof, oldRoot) = (try tree.consistency(with: Int64(old)), naive.root(0..<old))
                try #require(proof == naive.proof(old, 0..<size), "\(old) of \(size)")
                guard (old + size).isMultiple(of: 7) || old == size else { continue }
                try #require(TreeProof.extends(Int64(old), oldRoot, to: Int64(size), root, proof: proof))
            }
        }
    }

    @Test func `what is changed in a proof is found`() throws {
        let leaves = MerkleTreeTests.leaves(300)
        let other = Hash(SHA256.hash(data: [0]))
        for size in [1, 2, 3, 7, 8, 255, 256, 257, 300] {
            let tree = TreeProofTests.tree(leaves, size: size)
            let root = try tree.root()
            for leaf in Set([0, size / 3, size - 1]) {
                let path = try tree.inclusion(of: Int64(leaf))
                func holds(_ index: Int, _ size: Int, _ path: [Hash], _ hash: Hash? = nil) -> Bool {
                    TreeProof.includes(
                        hash ?? leaves[leaf], at: Int64(index), size: Int64(size), root: root, path: path)
                }
                #expect(holds(leaf, size, path))
                #expect(!holds(leaf, size, path + [other]) && !holds(leaf, size, path, other))
                #expect(!holds(size, size, path) && !holds(-1, size, path))
                for at in path.indices {
                    var changed = path
                    changed[at] = other
                    #expect(!holds(leaf, size, changed))
                    #expect(!holds(leaf ^ 1 << at, size, path) || leaf ^ 1 << at >= size)
                    changed.remove(at: at)
                    #expect(!holds(leaf, size, changed))
                }
            }
        }
    }

    @Test func `a changed consistency proof is found, and so is another old root`() throws {
        let leaves = MerkleTreeTests.leaves(300)
        let other = Hash(SHA256.hash(data: [0]))
        let tree = TreeProofTests.tree(leaves, size: 300)
        let root = try tree.root()
        for old in 1...300 {
            let (proof, was) = (
                try tree.consistency(with: Int64(old)), try TreeProofTests.tree(leaves, size: old).root()
            )
            func holds(_ old: Int, _ was: Hash, _ proof: [Hash]) -> Bool {
                TreeProof.extends(Int64(old), was, to: 300, root, proof: proof)
            }
            #expect(holds(old, was, proof))
            #expect(!holds(old, other, proof) && !holds(old, was, proof + [other]) && !holds(301, was, proof))
            for at in proof.indices {
                var changed = proof
                changed[at] = other
                #expect(!holds(old, was, changed))
                changed.remove(at: at)
                #expect(!holds(old, was, changed))
            }
        }
        #expect(TreeProof.extends(0, .empty, to: 300, root, proof: []))
        #expect(!TreeProof.extends(0, other, to: 300, root, proof: []))
    }

    @Test func `a proof reads a number of tiles that grows with the logarithm`() throws {
        let leaves = MerkleTreeTests.leaves(66_000)
        var reads = 0
        let tree = TreeProofTests.tree(leaves, size: 66_000, height: 8) { reads += 1 }
        _ = try tree.inclusion(of: 12_345)
        _ = try tree.consistency(with: 54_321)
        #expect(reads < 80)
    }

    @Test(arguments: [1, 3, 256, 257, 700])
    func `a journal's own tiles give the same proofs`(_ size: Int) throws {
        let home = try TemporaryHome(events: 700)
        let journal = try JournalFile.openForReading(path: JournalFile.path(home: home.path))
        let leaves = try journal.read { db in try TileTree(journal: db, size: 700).read(0, 0..<256) }
        #expect(leaves.count == 256)
        try journal.read { db in
            let tree = TileTree(journal: db, size: Int64(size))
            let root = try tree.root()
            let all = TileTree(journal: db, size: 700)
            #expect(
                TreeProof.extends(
                    Int64(size), root, to: 700, try all.root(), proof: try all.consistency(with: Int64(size))))
            for leaf in Set([0, size / 2, size - 1]) {
                let hash = try #require(try all.read(0, Int64(leaf)..<Int64(leaf + 1)).first)
                #expect(
                    TreeProof.includes(
                        hash, at: Int64(leaf), size: Int64(size), root: root,
                        path: try tree.inclusion(of: Int64(leaf))))
            }
        }
    }
}
