import ContactSync
import GRDB
import Journal

extension Projector {
    /// Applies the end of all that is known of a person.
    func erase(_ erased: PersonErased, _ record: RecordedEvent) throws {
        if let key = record.subject.flatMap(Subject.user(in:)) {
            if let row = try users.row(key) { try SyncLog.forget(row, db) { try users.erase(row, db) } }
            try TenantsTable.apply(.personErased(erased), record, db)
        } else {
            try noteSubject(of: record)
        }
        try helpDesk.keepNumbers(db)
        for contact in erased.contacts { try contacts.remove(contact) }
        if let address = record.subject.flatMap(Subject.address(in:)) {
            try NoticesTable.forget("SELECT email FROM notice_addresses WHERE number = \(address)", db)
        }
        if let agent = record.subject.flatMap(Subject.agent(in:)) {
            try NoticesTable.forget("SELECT email FROM agents WHERE number = \(agent)", db)
            try db.execute(sql: "UPDATE agents SET email = '', name = '' WHERE number = ?", arguments: [agent])
        }
        try users.lookAgain(at: "failure LIKE '%\"emailTaken\"%'", db)
    }
}

extension UsersTable {
    /// Whichever address is free now is not known any more: whoever failed for another's may succeed. The space makes what
    /// is decided next a decision anew, also where it fails the same way: so it names whoever is first then.
    fileprivate func lookAgain(at condition: String, _ db: Database) throws {
        try db.execute(
            sql: """
                UPDATE users SET stale = 1, rival = NULL, failure = failure || ' '
                WHERE outcome = 2 AND removed = 0 AND \(condition)
                """)
    }

    /// Forgets a user. One who comes back is new.
    fileprivate func erase(_ row: Row, _ db: Database) throws {
        var gone = row
        gone.isRemoved = true
        try lookAgain(at: "rival = \(row.id)", db)
        try tally.count(row.tenant, from: row, to: gone, in: SyncLog.fetch(db)?.sync)
        for sql in [
            "DELETE FROM mails WHERE user = ?", "DELETE FROM writes WHERE user = ?", "DELETE FROM users WHERE id = ?",
            "UPDATE users SET rival = NULL WHERE rival = ?",
            "UPDATE contacts SET user = NULL WHERE user = ?",
            "DELETE FROM former_links WHERE user = ?",
        ] { try db.execute(sql: sql, arguments: [row.id]) }
    }
}

extension SyncLog {
    /// The log counts the rows that the report has, and one of them goes: by as much as the totals that `erase` moves.
    /// What the log says is not counted anew, since it is of the sync's end, and things may have moved behind it.
    fileprivate static func forget(_ row: UsersTable.Row, _ db: Database, _ erase: () throws -> Void) throws {
        guard var log = try fetch(db), log.tenants.contains(row.tenant) else { return try erase() }
        let before = try Tally.totals(db, log)
        try erase()
        let after = try Tally.totals(db, log)
        log.totals.new -= before.new - after.new
        log.totals.existing -= before.existing - after.existing
        log.totals.failed -= before.failed - after.failed
        let held = (log.totals.held ?? 0) - (before.held ?? 0) + (after.held ?? 0)
        log.totals.held = held > 0 ? held : nil
        try store(log, db)
    }
}
