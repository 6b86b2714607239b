import ContactSync
import GRDB
import Journal

extension UsersTable {
    /// How a decision about a user ended.
    enum Ending {
        case created(ContactID)
        case updated(ContactID)
        /// With the event's data.
        case failed(ContactFailed, data: [UInt8]?)
    }

    /// Stores what was fetched at a position and returns the row as it then is.
    func fetch(_ key: UserKey, known: Row?, merged: [UInt8]?, at record: RecordedEvent, isDue: Bool) throws -> Row {
        let position = record.position.rawValue
        guard var row = known else { return try add(key, merged: merged, at: position, isDue: isDue) }
        fetched.bind(1, position)
        fetched.bind(2, optionalText: merged)
        fetched.bind(3, position)
        fetched.bind(4, isDue ? 1 : 0)
        fetched.bind(5, row.id)
        try fetched.run()
        let before = row
        (row.base, row.merged, row.lastEvent, row.isRemoved) = (position, merged, position, false)
        try tally.count(row.tenant, from: before, to: row, in: record.sync)
        return row
    }

    private func add(_ key: UserKey, merged: [UInt8]?, at position: Int64, isDue: Bool) throws -> Row {
        guard let tenant = try tenants.number(of: key.tenant) else {
            throw JournalError.broken("a user of tenant \(key.tenant), which was never authorized")
        }
        insert.bind(1, tenant)
        insert.bind(2, key.objectID)
        insert.bind(3, position)
        insert.bind(4, optionalText: merged)
        insert.bind(5, position)
        insert.bind(6, isDue ? 1 : 0)
        try insert.run()
        return Row(
            id: insert.lastInsertedRow, base: position, merged: merged, lastEvent: position, tenant: key.tenant,
            objectID: key.objectID)
    }

    func remove(_ row: Row, at record: RecordedEvent) throws {
        removed.bind(1, record.position.rawValue)
        removed.bind(2, row.id)
        try removed.run()
        var gone = row
        gone.isRemoved = true
        try tally.count(row.tenant, from: row, to: gone, in: record.sync)
    }

    func decide(_ row: Row, _ ending: Ending, at record: RecordedEvent) throws {
        var now = row
        var rival: Int64?
        now.failure = nil
        now.wanted = nil
        switch ending {
        case .created(let contact): (now.outcome, now.contact, now.createdIn) = (.synced, contact, record.sync)
        case .updated(let contact): (now.outcome, now.contact) = (.synced, contact)
        case .failed(let failure, let data):
            (now.outcome, now.failure, now.wanted) = (.failed, data, failure.email.isEmpty ? nil : failure.email)
            rival = try failure.rival.flatMap { try self.row($0)?.id }
        }
        decided.bind(1, record.position.rawValue)
        decided.bind(2, now.outcome.rawValue)
        decided.bind(3, now.contact?.rawValue)
        decided.bind(4, now.createdIn)
        decided.bind(5, optionalText: now.failure)
        decided.bind(6, rival)
        decided.bind(7, now.wanted)
        decided.bind(8, row.id)
        decided.bind(9, record.sync)
        try decided.run()
        try tally.count(row.tenant, from: row, to: now, in: record.sync)
        try markOthers(than: row, now)
        // Two who keep each other waiting may be of one ring.
        if let rival {
            waiting.bind(1, rival)
            try waiting.run()
        }
    }

    /// Something was recorded about a user that decides nothing by itself.
    func touch(_ row: Row, at record: RecordedEvent, makingDue isDue: Bool = false) throws {
        touched.bind(1, record.position.rawValue)
        touched.bind(2, isDue ? 1 : 0)
        touched.bind(3, row.id)
        try touched.run()
    }

    /// Something was recorded about a user that is not about the contact: no sync has reached the user by it.
    func note(_ row: Row, at record: RecordedEvent) throws {
        noted.bind(1, record.position.rawValue)
        noted.bind(2, row.id)
        try noted.run()
    }

    /// A sync begins whose settings are others than those that all users of a tenant were decided by.
    func makeDue(_ tenant: TenantID, _ db: Database) throws {
        guard let number = try tenants.number(of: tenant) else { return }
        try db.execute(sql: "UPDATE users SET due = 1 WHERE tenant = ?", arguments: [number])
    }

    /// A sync has come to its end: who was decided to be as before is not due any more.
    ///
    /// - Parameter release: Who was let through, where not everybody was decided.
    func settleDue(of tenant: TenantID, _ release: Release? = nil, _ db: Database) throws {
        guard let number = try tenants.number(of: tenant) else { return }
        // The constants let SQLite take the index of the few that are due.
        let settled =
            "UPDATE users SET due = 0 WHERE due = 1 AND removed = 0 AND outcome > 0 AND tenant = ? AND base < ?"
        let before = release?.before ?? .max
        guard let users = release?.users else { return try db.execute(sql: settled, arguments: [number, before]) }
        for user in users { try db.execute(sql: settled + " AND object_id = ?", arguments: [number, before, user]) }
    }

    /// A user would be decided to be as before.
    func settleDue(_ row: Row) throws {
        settled.bind(1, row.id)
        try settled.run()
    }

    /// Nobody has a contact any more: they live in another help desk now.
    func unlinkAll(isDue: Bool, _ db: Database) throws {
        try db.execute(
            sql: """
                UPDATE users SET contact = NULL, outcome = 0, created_in = NULL, failure = NULL, rival = NULL,
                    wanted = NULL, stale = 0, due = ?, failing_since = NULL
                """, arguments: [isDue ? 1 : 0])
        try db.execute(sql: "DELETE FROM tally")
    }

    /// Who failed later and wants the same address names the first of those who want it.
    private func markOthers(than before: Row, _ now: Row) throws {
        guard before.wanted != now.wanted else { return }
        if let email = before.wanted { try mark(email, after: before.id) }
        if let email = now.wanted { try mark(email, after: before.id) }
    }

    /// Marks the failed records that have this e-mail as stale: all, or those of users first fetched after another.
    func mark(_ email: String, after id: Int64 = 0) throws {
        mark.bind(1, email)
        mark.bind(2, id)
        try mark.run()
    }

    /// Marks the failed records whose rival is a user of this tenant.
    func markRivals(of tenant: TenantID, _ db: Database) throws {
        guard let number = try tenants.number(of: tenant) else { return }
        try db.execute(
            sql: "UPDATE users SET stale = 1 WHERE rival IN (SELECT id FROM users WHERE tenant = ?)",
            arguments: [number])
    }

    /// Another user has taken over the contact: what was decided about this one no longer holds.
    func unlink(_ contact: ContactID, from user: Int64, at record: RecordedEvent, isDue: Bool) throws {
        guard let row = try row(id: user), row.contact == contact else { return }
        unlink.bind(1, isDue ? 1 : 0)
        unlink.bind(2, user)
        try unlink.run()
        var now = row
        (now.contact, now.outcome) = (nil, .undecided)
        try tally.count(row.tenant, from: row, to: now, in: record.sync)
    }
}

extension ContactFailed {
    /// The user who comes first, as the report's other row names it.
    var rival: UserKey? {
        for case .sameEmail(let user) in reasons { return user }
        return nil
    }
}
