package import GRDB

extension JournalReader {
    /// Writes a whole copy of the journal as of one moment to a file that must not exist yet; nothing stays of a copy
    /// that fails.
    package static func backup(_ queue: DatabaseQueue, to path: String) throws {
        try NewFile.make(path) {
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
        }
    }
}
