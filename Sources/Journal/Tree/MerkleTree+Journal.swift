import GRDB

extension MerkleTree {
    /// The tree over all events of a journal, from its whole tiles and the few events behind them.
    init(journal db: Database) throws {
        let size = try Int64.fetchOne(db, sql: "SELECT max(position) FROM events") ?? 0
        var edges: [[Hash]] = [try JournalReader.leaves(db, (size & ~255)..<size)]
        var level = 0
        while size >> (8 * Int64(level + 1)) > 0 {
            let whole = size >> (8 * Int64(level + 1))
            edges.append(try MerkleTree.roots(db, level: level, from: whole & ~255, to: whole))
            level += 1
        }
        self.init(size: size, edges: edges)
    }

    private static func roots(_ db: Database, level: Int, from: Int64, to: Int64) throws -> [Hash] {
        let roots = try JournalReader.roots(db, level: level, from..<to)
        guard roots.count == Int(to - from) else { throw JournalError.broken("a tile of level \(level) is missing") }
        return roots
    }
}
