package import ContactSync
import GRDB
package import Journal

/// Directory users with their links and outcomes: who was fetched, which contact is theirs, how the last decision ended.
package struct UsersTable {
    package struct Row: Equatable, Sendable {
        package let id: Int64
        /// The event that holds the object as it was last fetched whole.
        package var base: Int64
        /// The object, where it was put together from more than one event.
        package var merged: [UInt8]?
        package var lastEvent: Int64
        package var isRemoved = false
        package var contact: ContactID?
        package var outcome = Outcome.undecided
        /// The data of the failure.
        package var failure: [UInt8]?
        package let tenant: TenantID
        package let objectID: String
        package var key: UserKey { UserKey(tenant: tenant, objectID: objectID) }
    }

    package enum Outcome: Int64, Sendable {
        case undecided, synced, failed
    }

    static let version = 1
    static let schema = """
        CREATE TABLE users (
            id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, object_id TEXT NOT NULL,
            base INTEGER NOT NULL, object TEXT, last_event INTEGER NOT NULL, removed INTEGER NOT NULL DEFAULT 0,
            contact INTEGER, outcome INTEGER NOT NULL DEFAULT 0, created_in INTEGER, failure TEXT, rival TEXT
        ) STRICT;
        CREATE UNIQUE INDEX users_by_object ON users (object_id, tenant);
        CREATE INDEX users_failed ON users (id) WHERE outcome = 2 AND removed = 0;
        CREATE INDEX users_rival ON users (rival) WHERE rival IS NOT NULL;
        CREATE TABLE tally (synced INTEGER NOT NULL, failed INTEGER NOT NULL, new INTEGER NOT NULL) STRICT;
        INSERT INTO tally VALUES (0, 0, 0);
        """
    private static let columns =
        "id, base, object, last_event, removed, contact, outcome, failure, tenant, object_id"

    private let byKey, byID, insert, fetched, removed, decided, unlink, tally, present, failed: RowStatement

    init(_ db: Database) throws {
        byKey = try RowStatement(db, "SELECT \(UsersTable.columns) FROM users WHERE object_id = ? AND tenant = ?")
        byID = try RowStatement(db, "SELECT \(UsersTable.columns) FROM users WHERE id = ?")
        insert = try RowStatement(
            db, "INSERT INTO users (tenant, object_id, base, object, last_event) VALUES (?, ?, ?, ?, ?)")
        fetched = try RowStatement(
            db, "UPDATE users SET base = ?, object = ?, last_event = ?, removed = 0 WHERE id = ?")
        removed = try RowStatement(db, "UPDATE users SET removed = 1, last_event = ? WHERE id = ?")
        decided = try RowStatement(
            db,
            """
            UPDATE users SET last_event = ?, outcome = ?, contact = coalesce(?, contact),
                created_in = coalesce(?, created_in), failure = ?, rival = ? WHERE id = ?
            """)
        unlink = try RowStatement(db, "UPDATE users SET contact = NULL WHERE contact = ? AND id = ?")
        tally = try RowStatement(db, "UPDATE tally SET synced = synced + ?, failed = failed + ?, new = new + ?")
        let page = "SELECT \(UsersTable.columns) FROM users WHERE id > ? AND tenant = ? AND removed = 0"
        present = try RowStatement(db, page + " AND last_event < ? ORDER BY id LIMIT ?")
        // The constant lets SQLite take the index of the few that failed.
        failed = try RowStatement(db, page + " AND last_event < ? AND outcome = 2 ORDER BY id LIMIT ?")
    }

    package func row(_ key: UserKey) throws -> Row? {
        byKey.bind(1, key.objectID)
        byKey.bind(2, key.tenant.rawValue)
        return try first(byKey)
    }

    package func row(id: Int64) throws -> Row? {
        byID.bind(1, id)
        return try first(byID)
    }

    /// Which users of a tenant to go through.
    package enum Selection: Sendable {
        case everybody
        case failed
        /// Whose last event lies before a position.
        case untouched(since: Position)
    }

    /// Users of a tenant behind a row, in the order in which they were first fetched; none that were removed.
    package func rows(after id: Int64, tenant: TenantID, _ selection: Selection, limit: Int) throws -> [Row] {
        let page: RowStatement
        var before = Int64.max
        switch selection {
        case .everybody: page = present
        case .failed: page = failed
        case .untouched(let position): (page, before) = (present, position.rawValue)
        }
        page.bind(1, id)
        page.bind(2, tenant.rawValue)
        page.bind(3, before)
        page.bind(4, Int64(limit))
        defer { page.reset() }
        var rows: [Row] = []
        while try page.step() { rows.append(Row(page)) }
        return rows
    }

    /// Stores what was fetched at a position and returns the row as it then is.
    func fetch(_ key: UserKey, known: Row?, merged: [UInt8]?, at position: Int64) throws -> Row {
        guard var row = known else { return try add(key, merged: merged, at: position) }
        if row.isRemoved { try count(from: nil, to: row.outcome) }
        fetched.bind(1, position)
        fetched.bind(2, optionalText: merged)
        fetched.bind(3, position)
        fetched.bind(4, row.id)
        try fetched.run()
        (row.base, row.merged, row.lastEvent, row.isRemoved) = (position, merged, position, false)
        return row
    }

    private func add(_ key: UserKey, merged: [UInt8]?, at position: Int64) throws -> Row {
        insert.bind(1, key.tenant.rawValue)
        insert.bind(2, key.objectID)
        insert.bind(3, position)
        insert.bind(4, optionalText: merged)
        insert.bind(5, position)
        try insert.run()
        return Row(
            id: insert.lastInsertedRow, base: position, merged: merged, lastEvent: position, tenant: key.tenant,
            objectID: key.objectID)
    }

    func remove(_ row: Row, at position: Int64) throws {
        if !row.isRemoved { try count(from: row.outcome, to: nil) }
        removed.bind(1, position)
        removed.bind(2, row.id)
        try removed.run()
    }

    /// Records how a decision about a user ended.
    func decide(
        _ row: Row, _ outcome: Outcome, contact: ContactID?, createdIn: Int64?, failure: ContactFailed?, data: [UInt8]?,
        at position: Int64
    ) throws {
        try count(
            from: row.isRemoved ? nil : row.outcome, to: row.isRemoved ? nil : outcome, new: createdIn == nil ? 0 : 1)
        decided.bind(1, position)
        decided.bind(2, outcome.rawValue)
        decided.bind(3, contact?.rawValue)
        decided.bind(4, createdIn)
        decided.bind(5, optionalText: data)
        decided.bind(6, failure?.rival)
        decided.bind(7, row.id)
        try decided.run()
    }

    func unlink(contact: ContactID, user: Int64) throws {
        unlink.bind(1, contact.rawValue)
        unlink.bind(2, user)
        try unlink.run()
    }

    /// Moves a user of the report from one outcome to another; nil is not being in it.
    private func count(from old: Outcome?, to outcome: Outcome?, new: Int64 = 0) throws {
        guard old != outcome || new != 0 else { return }
        func step(_ counted: Outcome) -> Int64 { (outcome == counted ? 1 : 0) - (old == counted ? 1 : 0) }
        tally.bind(1, step(.synced))
        tally.bind(2, step(.failed))
        tally.bind(3, new)
        try tally.run()
    }

    private func first(_ statement: RowStatement) throws -> Row? {
        defer { statement.reset() }
        return try statement.step() ? Row(statement) : nil
    }
}

extension UsersTable.Row {
    fileprivate init(_ row: RowStatement) {
        self.init(
            id: row.integer(0), base: row.integer(1), merged: row.optionalBytes(2), lastEvent: row.integer(3),
            isRemoved: row.integer(4) != 0, contact: row.optionalInteger(5).map(ContactID.init(rawValue:)),
            outcome: UsersTable.Outcome(rawValue: row.integer(6)) ?? .undecided, failure: row.optionalBytes(7),
            tenant: TenantID(rawValue: row.text(8)), objectID: row.text(9))
    }
}

extension ContactFailed {
    /// The user whose contact has the address, as the report's other row names it.
    var rival: String? {
        for case .sameEmail(let user) in reasons { return Subject.user(user).text }
        return nil
    }
}
