import FoundationEssentials
import GRDB

extension MerkleTree {
    /// The tree over all events of a journal, from its whole tiles and the few events behind them.
    init(journal db: Database) throws {
        let size = try Int64.fetchOne(db, sql: "SELECT max(position) FROM events") ?? 0
        var edges: [[Hash]] = [try MerkleTree.lastLeaves(db, size: size)]
        var level = 0
        while size >> (8 * Int64(level + 1)) > 0 {
            let whole = size >> (8 * Int64(level + 1))
            edges.append(try MerkleTree.roots(db, level: level, from: whole & ~255, to: whole))
            level += 1
        }
        self.init(size: size, edges: edges)
    }

    private static func lastLeaves(_ db: Database, size: Int64) throws -> [Hash] {
        let select = try RowStatement(
            db, "SELECT \(JournalReader.columns) FROM events WHERE position > ? ORDER BY position")
        select.bind(1, size & ~255)
        defer { select.reset() }
        var entry = LeafEntry()
        var leaves: [Hash] = []
        while try select.step() {
            guard let leaf = entry.hash(row: select) else {
                throw JournalError.broken("event \(select.integer(0)) lost its data without an erasure")
            }
            leaves.append(leaf)
        }
        return leaves
    }

    private static func roots(_ db: Database, level: Int, from: Int64, to: Int64) throws -> [Hash] {
        let roots = try Data.fetchAll(
            db, sql: "SELECT root FROM tiles WHERE level = ? AND number >= ? AND number < ? ORDER BY number",
            arguments: [level, from, to]
        ).compactMap { Hash($0) }
        guard roots.count == Int(to - from) else { throw JournalError.broken("a tile of level \(level) is missing") }
        return roots
    }
}
