package import ContactSync
package import GRDB
import Journal

/// One row of the latest sync's report.
package struct ReportRow: Equatable, Sendable {
    package let email: String
    package let isNew: Bool
    package let isSynced: Bool
    /// Why the record failed; a synced record names the users that wanted its contact's address.
    package let result: String
    package let objectID: String

    package var cells: [String] {
        [email, isNew ? "New" : "Existing", isSynced ? "Success" : "Failed", result]
    }
}

package enum Report {
    /// The product's columns.
    package static let header = ["Email", "Type", "Sync Status", "Result"]

    /// Every user of the tenants of the latest sync, in the order in which they were first fetched.
    ///
    /// - Parameter log: How the sync is to be seen, where the caller knows better that it was killed.
    package static func each(_ db: Database, log: SyncLog? = nil, _ body: (ReportRow) throws -> Void) throws {
        guard let log = try log ?? SyncLog.fetch(db) else { return }
        let unread = try Unread(db, log)
        let rivals = try Rivals(db)
        let rows = try RowStatement(
            db,
            """
            SELECT users.id, users.outcome, users.created_in, users.failure, contacts.email, users.tenant,
                users.last_event, users.object_id, users.due
            FROM users LEFT JOIN contacts ON contacts.id = users.contact
            WHERE users.removed = 0 AND users.tenant IN (\(unread.tenants))
                AND (users.outcome > 0\(log.mayHaveUnreached ? " OR users.due = 1" : ""))
            ORDER BY users.id
            """)
        defer { rows.reset() }
        while try rows.step() {
            let isDue = rows.integer(8) != 0
            if let reason = unread.reason(tenant: rows.integer(5), lastEvent: rows.integer(6), isDue: isDue) {
                let email = try email(rows)
                let who = email.isEmpty ? "User \(rows.text(7)); " : ""
                try body(
                    ReportRow(
                        email: email, isNew: rows.isNull(4), isSynced: false, result: who + reason,
                        objectID: rows.text(7)))
            } else {
                try body(row(rows, log, try rivals.notes(of: rows.integer(0))))
            }
        }
    }

    private static func row(_ row: RowStatement, _ log: SyncLog, _ notes: [String]) throws -> ReportRow {
        guard let failure = try failure(row) else {
            return ReportRow(
                email: row.text(4), isNew: row.optionalInteger(2) == log.sync, isSynced: true,
                result: notes.joined(separator: "; "), objectID: row.text(7))
        }
        // Without an address nothing else would tell whose row it is.
        let who = failure.email.isEmpty ? ["User \(row.text(7))"] : []
        return ReportRow(
            email: try email(row), isNew: failure.contact == nil, isSynced: false,
            result: (who + failure.reasons.map(\.text) + notes).joined(separator: "; "), objectID: row.text(7))
    }

    private static func failure(_ row: RowStatement) throws -> ContactFailed? {
        guard row.integer(1) == UsersTable.Outcome.failed.rawValue else { return nil }
        return try ContactFailed(event: JSONValue(parsing: row.bytes(3)))
    }

    private static func email(_ row: RowStatement) throws -> String {
        let wanted = try failure(row)?.email ?? ""
        return wanted.isEmpty ? row.text(4) : wanted
    }
}

/// The tenants that the latest sync has not read to the end: who was not touched before that was not synced.
private struct Unread {
    /// The numbers of all tenants of the sync, for SQL.
    let tenants: String
    private let start: Int64
    private var reasons: [Int64: String] = [:]
    /// Why the help desk was not told of everybody; nil where it was.
    private let unreached: String?

    init(_ db: Database, _ log: SyncLog) throws {
        let numbers = try TenantNumbers(db)
        let all = try Installation.tenants(db).filter { log.tenants.contains($0.id) }
        tenants = try all.compactMap { try numbers.number(of: $0.id).map(String.init) }.joined(separator: ", ")
        start = log.startedPosition
        unreached = log.mayHaveUnreached ? Unread.reason(log) : nil
        for tenant in all where tenant.readIn != log.sync {
            if let number = try numbers.number(of: tenant.id) { reasons[number] = Unread.reason(tenant, log) }
        }
    }

    func reason(tenant: Int64, lastEvent: Int64, isDue: Bool) -> String? {
        if isDue, let unreached { return unreached }
        return lastEvent > start ? nil : reasons[tenant]
    }

    private static func reason(_ log: SyncLog) -> String {
        if let trouble = log.helpDesk { return "Not synced: the help desk could not be reached: \(trouble.reason)" }
        return log.status == .running ? "Not synced yet: the sync is running" : "Not synced: the sync was interrupted"
    }

    private static func reason(_ tenant: Tenant, _ log: SyncLog) -> String {
        tenant.failedIn == log.sync ? "Not synced: the tenant could not be read: \(tenant.failure ?? "")" : reason(log)
    }
}

/// Who else wanted a user's address: the other row of each collision.
private struct Rivals {
    private let rivals: RowStatement
    private let isEmpty: Bool

    init(_ db: Database) throws {
        rivals = try RowStatement(
            db,
            """
            SELECT users.object_id, tenants.id FROM users JOIN tenants ON tenants.number = users.tenant
            WHERE rival = ? AND removed = 0 AND outcome = 2 ORDER BY users.id
            """)
        isEmpty = try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM users WHERE rival IS NOT NULL)") ?? false
    }

    func notes(of user: Int64) throws -> [String] {
        if isEmpty { return [] }
        rivals.bind(1, user)
        defer { rivals.reset() }
        var notes: [String] = []
        while try rivals.step() {
            notes.append(
                "Same email as another user: \(rivals.text(0)) of tenant \(rivals.text(1)) comes after this one")
        }
        return notes
    }
}

/// A contact as listed.
package struct ListedContact: Sendable {
    package let contact: Contact
    package let isFromEntra: Bool
    package let user: UserKey?
}

package enum Contacts {
    package static func count(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM contacts") ?? 0
    }

    /// How many users have a contact.
    package static func linked(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM contacts WHERE user IS NOT NULL") ?? 0
    }

    package static func ids(_ db: Database) throws -> [ContactID] {
        try Int64.fetchAll(db, sql: "SELECT id FROM contacts ORDER BY id").map(ContactID.init(rawValue:))
    }

    package static func each(_ db: Database, email: String? = nil, _ body: (ListedContact) throws -> Void) throws {
        let rows = try RowStatement(
            db,
            """
            SELECT contacts.id, email, name, details, source, tenants.id, users.object_id
            FROM contacts LEFT JOIN users ON users.id = contacts.user LEFT JOIN tenants ON tenants.number = users.tenant
            \(email == nil ? "" : "WHERE email = ? COLLATE NOCASE AND email <> ''") ORDER BY contacts.id
            """)
        if let email { rows.bind(1, email) }
        defer { rows.reset() }
        while try rows.step() {
            let user = rows.optionalText(5).map { UserKey(tenant: TenantID(rawValue: $0), objectID: rows.text(6)) }
            try body(
                ListedContact(
                    contact: Contact(
                        id: ContactID(rawValue: rows.integer(0)), email: rows.text(1), name: rows.text(2),
                        details: try JSONValue(parsing: rows.bytes(3))),
                    isFromEntra: rows.text(4) == "entra",
                    user: user))
        }
    }
}
