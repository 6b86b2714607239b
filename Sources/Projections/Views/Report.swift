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

    package var cells: [String] {
        [email, isNew ? "New" : "Existing", isSynced ? "Success" : "Failed", result]
    }
}

package enum Report {
    /// The product's columns.
    package static let header = ["Email", "Type", "Sync Status", "Result"]

    /// Every user of the tenants of the latest sync, in the order in which they were first fetched.
    package static func each(_ db: Database, _ body: (ReportRow) throws -> Void) throws {
        guard let log = try SyncLog.fetch(db) else { return }
        let numbers = try TenantNumbers(db)
        let tenants = try log.tenants.compactMap { try numbers.number(of: $0).map(String.init) }
        let rivals = try Rivals(db)
        let rows = try RowStatement(
            db,
            """
            SELECT users.id, users.outcome, users.created_in, users.failure, contacts.email
            FROM users LEFT JOIN contacts ON contacts.id = users.contact
            WHERE users.removed = 0 AND users.outcome > 0 AND users.tenant IN (\(tenants.joined(separator: ", ")))
            ORDER BY users.id
            """)
        defer { rows.reset() }
        while try rows.step() {
            let notes = try rivals.notes(of: rows.integer(0))
            if rows.integer(1) == UsersTable.Outcome.failed.rawValue {
                try body(failed(try ContactFailed(event: JSONValue(parsing: rows.bytes(3))), notes))
            } else {
                try body(
                    ReportRow(
                        email: rows.text(4), isNew: rows.optionalInteger(2) == log.sync, isSynced: true,
                        result: notes.joined(separator: "; ")))
            }
        }
    }

    private static func failed(_ failure: ContactFailed, _ notes: [String]) -> ReportRow {
        ReportRow(
            email: failure.email, isNew: failure.contact == nil, isSynced: false,
            result: (failure.reasons.map(\.text) + notes).joined(separator: "; "))
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
    package static func each(_ db: Database, email: String? = nil, _ body: (ListedContact) throws -> Void) throws {
        let rows = try RowStatement(
            db,
            """
            SELECT contacts.id, email, name, details, source, tenants.id, users.object_id
            FROM contacts LEFT JOIN users ON users.id = contacts.user LEFT JOIN tenants ON tenants.number = users.tenant
            \(email == nil ? "" : "WHERE email = ? COLLATE NOCASE") ORDER BY contacts.id
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
