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

extension JournalReader {
    /// Writes a whole copy of the journal as of one moment to a file that must not exist yet.
    package static func backup(_ queue: DatabaseQueue, to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { throw JournalError.exists(path: path) }
        let copy = try DatabaseQueue(path: path)
        let schema = try queue.read { try Int.fetchOne($0, sql: "PRAGMA schema_version") } ?? 0
        try queue.backup(to: copy)
        // The copy is one file, complete without a log beside it.
        try copy.inDatabase { db in
            // SQLite counts a backup as a change of the schema, and verify holds a journal to the schema's count too.
            try db.execute(sql: "PRAGMA schema_version = \(schema)")
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try copy.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}
