package import GRDB
import Glibc

extension JournalWriter {
    /// Writes the file anew without what lies between its rows, and empties the log: no byte of what was erased is left
    /// in either. Copies that others made, such as backups, are theirs.
    ///
    /// Throws `busy`, having changed nothing that matters, where somebody reads an older state for more than some
    /// seconds; to be tried again then.
    package func scrub() throws {
        try exclusively { db in
            // Beside the journal and gone at once: all of it is no longer what is to be removed.
            setenv("SQLITE_TMPDIR", home, 1)
            try db.execute(sql: "PRAGMA temp_store = FILE")
            defer { try? db.execute(sql: "PRAGMA temp_store = MEMORY") }
            try db.execute(sql: "VACUUM")
            try JournalFile.emptyLog(db)
        }
    }
}

extension JournalFile {
    /// Brings the log into the file and cuts it to nothing.
    package static func emptyLog(_ db: Database) throws {
        let isBusy = try Bool.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") ?? true
        if isBusy { throw JournalError.busy }
    }
}
