package import ContactSync
import GRDB
import Journal

/// Directory users with their links and outcomes: who was fetched, which contact is theirs, how the last decision ended.
package struct UsersTable {
    package struct Row: Equatable, Sendable {
        package let id: Int64
        /// The event that holds the object as it was last fetched whole.
        package let base: Int64
        /// The object, where it was put together from more than one event.
        package let merged: [UInt8]?
        package let lastEvent: Int64
        package let isRemoved: Bool
        package let contact: ContactID?
        package let outcome: Outcome
        /// The data of the failure.
        package let failure: [UInt8]?
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

    private let byKey, byID, insert, fetched, removed, decided, touched, unlink, tally, page: RowStatement

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
        touched = try RowStatement(db, "UPDATE users SET last_event = ? WHERE id = ?")
        unlink = try RowStatement(db, "UPDATE users SET contact = NULL WHERE contact = ? AND id = ?")
        tally = try RowStatement(db, "UPDATE tally SET synced = synced + ?, failed = failed + ?, new = new + ?")
        page = try RowStatement(
            db,
            "SELECT \(UsersTable.columns) FROM users WHERE id > ? AND tenant = ? AND removed = 0 AND outcome >= ? ORDER BY id LIMIT ?"
        )
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

    /// Users of a tenant behind a row, in the order in which they were first fetched.
    package func rows(after id: Int64, tenant: TenantID, failedOnly: Bool, limit: Int) throws -> [Row] {
        page.bind(1, id)
        page.bind(2, tenant.rawValue)
        page.bind(3, failedOnly ? Outcome.failed.rawValue : 0)
        page.bind(4, Int64(limit))
        defer { page.reset() }
        var rows: [Row] = []
        while try page.step() { rows.append(Row(page)) }
        return rows
    }

    func fetch(_ key: UserKey, known: Row?, base: Int64, merged: [UInt8]?, at position: Int64) throws {
        guard let known else {
            insert.bind(1, key.tenant.rawValue)
            insert.bind(2, key.objectID)
            insert.bind(3, base)
            merged.map { insert.bind(4, text: $0) } ?? insert.bind(4, nil as String?)
            insert.bind(5, position)
            return try insert.run()
        }
        if known.isRemoved { try count(known.outcome, by: 1) }
        fetched.bind(1, base)
        merged.map { fetched.bind(2, text: $0) } ?? fetched.bind(2, nil as String?)
        fetched.bind(3, position)
        fetched.bind(4, known.id)
        try fetched.run()
    }

    func remove(_ row: Row, at position: Int64) throws {
        if !row.isRemoved { try count(row.outcome, by: -1) }
        removed.bind(1, position)
        removed.bind(2, row.id)
        try removed.run()
    }

    /// Records how a decision about a user ended.
    func decide(
        _ row: Row, _ outcome: Outcome, contact: ContactID?, createdIn: Int64?, failure: ContactFailed?, data: [UInt8]?,
        at position: Int64
    ) throws {
        if !row.isRemoved, outcome != row.outcome {
            try count(row.outcome, by: -1)
            try count(outcome, by: 1)
        }
        if createdIn != nil { try change(synced: 0, failed: 0, new: 1) }
        decided.bind(1, position)
        decided.bind(2, outcome.rawValue)
        decided.bind(3, contact?.rawValue)
        decided.bind(4, createdIn)
        data.map { decided.bind(5, text: $0) } ?? decided.bind(5, nil as String?)
        decided.bind(6, failure?.rival)
        decided.bind(7, row.id)
        try decided.run()
    }

    func unlink(contact: ContactID, user: Int64) throws {
        unlink.bind(1, contact.rawValue)
        unlink.bind(2, user)
        try unlink.run()
    }

    private func count(_ outcome: Outcome, by step: Int64) throws {
        switch outcome {
        case .undecided: break
        case .synced: try change(synced: step, failed: 0, new: 0)
        case .failed: try change(synced: 0, failed: step, new: 0)
        }
    }

    private func change(synced: Int64, failed: Int64, new: Int64) throws {
        tally.bind(1, synced)
        tally.bind(2, failed)
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
