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
        /// The sync that made the user's contact.
        package var createdIn: Int64?
        /// What a failed record has in the property that is mapped to the e-mail.
        package var wanted: String?
        /// A help desk elsewhere is yet to be told, or a guard may hold or holds the record.
        package var isDue = false
        package let tenant: TenantID
        package let objectID: String
        package var key: UserKey { UserKey(tenant: tenant, objectID: objectID) }
    }

    package enum Outcome: Int64, Sendable {
        case undecided, synced, failed
    }

    static let version = 7
    /// A user is `stale` when a contact's address or a rival has moved since the record failed: another decision could
    /// come out otherwise. Only the user's own next decision takes it back. With a help desk elsewhere, and where
    /// a guard may hold the sync, a user is `due` from when something new was read until the contact is known to say so. `last_event` tells which sync has reached the
    /// user; `noted` is the last event that no sync's reading or deciding made, and comes into the chain of events only. `failing_since` is the
    /// sync in which a failed record began to fail, for whatever reason: null for the others.
    static let schema = """
        CREATE TABLE users (
            id INTEGER PRIMARY KEY, tenant INTEGER NOT NULL, object_id TEXT NOT NULL,
            base INTEGER NOT NULL, object TEXT, last_event INTEGER NOT NULL, noted INTEGER NOT NULL DEFAULT 0,
            removed INTEGER NOT NULL DEFAULT 0, contact INTEGER, outcome INTEGER NOT NULL DEFAULT 0, created_in INTEGER, failure TEXT,
            rival INTEGER, wanted TEXT, stale INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL DEFAULT 0, failing_since INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX users_by_object ON users (object_id, tenant);
        CREATE INDEX users_failed ON users (id) WHERE outcome = 2 AND removed = 0;
        CREATE INDEX users_failing ON users (tenant, failing_since) WHERE failing_since IS NOT NULL;
        CREATE INDEX users_stale ON users (id) WHERE stale = 1 AND outcome = 2 AND removed = 0;
        CREATE INDEX users_due ON users (id) WHERE due = 1 AND removed = 0;
        CREATE INDEX users_wanting ON users (wanted COLLATE NOCASE, id) WHERE wanted IS NOT NULL;
        CREATE INDEX users_rival ON users (rival) WHERE rival IS NOT NULL;
        """
    static let columns =
        "id, base, object, max(last_event, noted), removed, contact, outcome, failure, created_in, wanted, tenant, object_id, due"

    let tally: TallyTable
    let tenants: TenantNumbers
    let insert, fetched, removed, decided, unlink, mark, touched, noted, waiting, settled: RowStatement
    private let byKey, byID, present, since, failed, stale, due, wanting: RowStatement

    init(_ db: Database) throws {
        tally = try TallyTable(db)
        tenants = try TenantNumbers(db)
        let row = "SELECT \(UsersTable.columns) FROM users WHERE "
        byKey = try RowStatement(db, row + "object_id = ? AND tenant = ?")
        byID = try RowStatement(db, row + "id = ?")
        // The constants let SQLite take the indexes of the few that failed.
        let page = row + "id > ? AND tenant = ? AND last_event < ? AND removed = 0"
        present = try RowStatement(db, page + " ORDER BY id LIMIT ?")
        failed = try RowStatement(db, page + " AND outcome = 2 ORDER BY id LIMIT ?")
        stale = try RowStatement(db, page + " AND outcome = 2 AND stale = 1 ORDER BY id LIMIT ?")
        due = try RowStatement(db, page + " AND due = 1 ORDER BY id LIMIT ?")
        since = try RowStatement(
            db, row + "id > ? AND tenant = ? AND last_event > ? AND removed = 0 ORDER BY id LIMIT ?")
        wanting = try RowStatement(
            db, row + "wanted = ? COLLATE NOCASE AND wanted IS NOT NULL AND outcome = 2 AND removed = 0 ORDER BY id")
        insert = try RowStatement(
            db, "INSERT INTO users (tenant, object_id, base, object, last_event, due) VALUES (?, ?, ?, ?, ?, ?)")
        fetched = try RowStatement(
            db, "UPDATE users SET base = ?, object = ?, last_event = ?, due = ?, removed = 0 WHERE id = ?")
        removed = try RowStatement(db, "UPDATE users SET removed = 1, last_event = ? WHERE id = ?")
        decided = try RowStatement(
            db,
            """
            UPDATE users SET last_event = ?, outcome = ?, contact = coalesce(?, contact), stale = 0, due = 0,
                created_in = coalesce(?, created_in), failure = ?, rival = ?, wanted = ?,
                failing_since = iif(?2 = 2, coalesce(failing_since, ?9), NULL) WHERE id = ?8
            """)
        unlink = try RowStatement(db, "UPDATE users SET contact = NULL, outcome = 0, due = ? WHERE id = ?")
        touched = try RowStatement(db, "UPDATE users SET last_event = ?, due = max(due, ?) WHERE id = ?")
        waiting = try RowStatement(db, "UPDATE users SET stale = 1 WHERE id = ? AND outcome = 2")
        settled = try RowStatement(db, "UPDATE users SET due = 0 WHERE id = ?")
        noted = try RowStatement(db, "UPDATE users SET noted = ? WHERE id = ?")
        mark = try RowStatement(
            db, "UPDATE users SET stale = 1 WHERE wanted = ? COLLATE NOCASE AND wanted IS NOT NULL AND id > ?")
    }

    package func row(_ key: UserKey) throws -> Row? {
        guard let tenant = try tenants.number(of: key.tenant) else { return nil }
        byKey.bind(1, key.objectID)
        byKey.bind(2, tenant)
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
        /// Failed, and perhaps not any more.
        case stale
        /// Whose last event lies before a position.
        case untouched(since: Position)
        /// Whose last event lies behind a position.
        case touched(since: Position)
        /// Of whom a help desk elsewhere is yet to be told, and who is yet to be decided where a guard may hold it.
        case due
    }

    /// Users of a tenant behind a row, in the order in which they were first fetched; none that were removed.
    package func rows(after id: Int64, tenant: TenantID, _ selection: Selection, limit: Int) throws -> [Row] {
        guard let tenant = try tenants.number(of: tenant) else { return [] }
        let (page, before): (RowStatement, Int64) =
            switch selection {
            case .everybody: (present, .max)
            case .failed: (failed, .max)
            case .stale: (stale, .max)
            case .untouched(let position): (present, position.rawValue)
            case .touched(let position): (since, position.rawValue)
            case .due: (due, .max)
            }
        page.bind(1, id)
        page.bind(2, tenant)
        page.bind(3, before)
        page.bind(4, Int64(limit))
        return try all(page)
    }

    /// The failed users whose record has this e-mail, in the order in which they were first fetched.
    package func wanting(_ email: String) throws -> [Row] {
        wanting.bind(1, email)
        return try all(wanting)
    }

    private func first(_ statement: RowStatement) throws -> Row? {
        defer { statement.reset() }
        return try statement.step() ? try row(statement) : nil
    }

    private func all(_ statement: RowStatement) throws -> [Row] {
        defer { statement.reset() }
        var rows: [Row] = []
        while try statement.step() { rows.append(try row(statement)) }
        return rows
    }

    private func row(_ row: RowStatement) throws -> Row {
        Row(
            id: row.integer(0), base: row.integer(1), merged: row.optionalBytes(2), lastEvent: row.integer(3),
            isRemoved: row.integer(4) != 0, contact: row.optionalInteger(5).map(ContactID.init(rawValue:)),
            outcome: Outcome(rawValue: row.integer(6)) ?? .undecided, failure: row.optionalBytes(7),
            createdIn: row.optionalInteger(8), wanted: row.optionalText(9), isDue: row.integer(12) != 0,
            tenant: try tenants.id(of: row.integer(10)), objectID: row.text(11))
    }
}
