package import GRDB

extension JournalReader {
    /// Writes a whole copy of the journal as of one moment to a file that must not exist yet; nothing stays of a copy
    /// that fails.
    package static func backup(_ queue: DatabaseQueue, to path: String) throws {
        try NewFile.make(path) {
            let copy = try DatabaseQueue(path: path)
            try queue.backup(to: copy)
            // The copy is one file, complete without a log beside it.
            try copy.inDatabase { db in
                try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
            try copy.close()
        }
    }
}
