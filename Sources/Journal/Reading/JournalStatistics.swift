import FoundationEssentials
package import GRDB

/// What a journal amounts to.
package struct JournalStatistics: Sendable {
    package let events: Int64
    package let bytes: Int64
    package let first: Int64?
    package let last: Int64?
    package let types: [(type: String, count: Int64)]
    package let root: Hash

    package init(_ db: Database, path: String) throws {
        let tree = try MerkleTree(journal: db)
        events = tree.size
        root = tree.root
        first = try Int64.fetchOne(db, sql: "SELECT recorded_at FROM events WHERE position = 1")
        last = try Int64.fetchOne(db, sql: "SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1")
        types = try Row.fetchAll(db, sql: "SELECT type, count(*) FROM events GROUP BY type ORDER BY 2 DESC, 1")
            .map { (type: $0[0], count: $0[1]) }
        bytes = ["", "-wal"].reduce(0) { sum, suffix in
            let size = try? FileManager.default.attributesOfItem(atPath: path + suffix)[.size] as? Int
            return sum + Int64(size ?? 0)
        }
    }
}
