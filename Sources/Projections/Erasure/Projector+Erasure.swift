import ContactSync
import GRDB
import Journal

extension Projector {
    /// Applies the end of all that is known of a person.
    func erase(_ erased: PersonErased, _ record: RecordedEvent) throws {
        if let key = record.subject.flatMap(Subject.user(in:)) {
            if let row = try users.row(key) {
                try SyncLog.forget(row, db)
                try users.erase(row, db)
            }
            try TenantsTable.apply(.personErased(erased), record, db)
        } else {
            try noteSubject(of: record)
        }
        for contact in erased.contacts { try contacts.remove(contact) }
        if let agent = record.subject.flatMap(Subject.agent(in:)) {
            try db.execute(sql: "UPDATE agents SET email = '', name = '' WHERE number = ?", arguments: [agent])
        }
        // Whichever address is free now is not known any more: whoever failed may succeed.
        try db.execute(sql: "UPDATE users SET stale = 1 WHERE outcome = 2")
    }
}

extension UsersTable {
    /// Forgets a user. One who comes back is new.
    fileprivate func erase(_ row: Row, _ db: Database) throws {
        var gone = row
        gone.isRemoved = true
        try tally.count(row.tenant, from: row, to: gone, in: SyncLog.fetch(db)?.sync)
        for sql in [
            "DELETE FROM mails WHERE user = ?", "DELETE FROM writes WHERE user = ?", "DELETE FROM users WHERE id = ?",
            "UPDATE users SET rival = NULL WHERE rival = ?", "UPDATE contacts SET user = NULL WHERE user = ?",
            "DELETE FROM former_links WHERE user = ?",
        ] { try db.execute(sql: sql, arguments: [row.id]) }
    }
}

extension SyncLog {
    /// The log counts the rows that the report has, and one of them goes.
    fileprivate static func forget(_ row: UsersTable.Row, _ db: Database) throws {
        guard var log = try fetch(db), log.tenants.contains(row.tenant), !row.isRemoved, row.outcome != .undecided
        else { return }
        let isRead = try Installation.tenants(db).first { $0.id == row.tenant }?.readIn == log.sync
        let isReached = (isRead || row.lastEvent > log.startedPosition) && !(row.isDue && log.mayHaveUnreached)
        switch row.outcome {
        case .synced where isReached && row.createdIn == log.sync: log.totals.new -= 1
        case .synced where isReached: log.totals.existing -= 1
        case .undecided, .synced, .failed: log.totals.failed -= 1
        }
        try store(log, db)
    }
}
