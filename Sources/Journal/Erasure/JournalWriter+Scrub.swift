package import GRDB

extension JournalWriter {
    /// Writes the file anew without what lies between its rows, and empties the log: no byte of what was erased is left
    /// in either. Copies that others made, such as backups, are theirs.
    ///
    /// Throws `busy`, having changed nothing that matters, where somebody reads an older state for more than some
    /// seconds; to be tried again then.
    package func scrub() throws {
        try exclusively { db in
            try JournalFile.rewrite(db)
            try JournalFile.emptyLog(db)
        }
    }

    /// Brings the log into the file and cuts it to nothing; `busy` where somebody reads an older state.
    package func emptyLog() throws { try exclusively { try JournalFile.emptyLog($0) } }
}

extension JournalFile {
    package static func emptyLog(_ db: Database) throws {
        let isBusy = try Bool.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") ?? true
        if isBusy { throw JournalError.busy }
    }

    /// Writes the file anew, tables before triggers: so it lies in every journal as verify knows it. SQLite builds the copy
    /// in a file without a name, where it keeps such files (SQLITE_TMPDIR).
    static func rewrite(_ db: Database) throws {
        try db.execute(sql: "PRAGMA temp_store = FILE")
        defer { try? db.execute(sql: "PRAGMA temp_store = MEMORY") }
        try db.execute(sql: "VACUUM")
    }
}
