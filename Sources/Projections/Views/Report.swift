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

    /// Every user of the latest sync, in the order in which they were first fetched.
    package static func each(_ db: Database, _ body: (ReportRow) throws -> Void) throws {
        let sync = try SyncLog.fetch(db)?.sync ?? 0
        let rivals = try RowStatement(
            db, "SELECT tenant, object_id FROM users WHERE rival = ? AND removed = 0 AND outcome = 2 ORDER BY id")
        let rows = try RowStatement(
            db,
            """
            SELECT users.outcome, users.created_in, users.failure, contacts.email, users.tenant, users.object_id,
                users.contact IS NOT NULL
            FROM users LEFT JOIN contacts ON contacts.id = users.contact
            WHERE users.removed = 0 AND users.outcome > 0 ORDER BY users.id
            """)
        defer { rows.reset() }
        let hasRivals =
            try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM users WHERE rival IS NOT NULL)") ?? false
        while try rows.step() {
            if rows.integer(0) == UsersTable.Outcome.failed.rawValue {
                try body(failed(rows))
                continue
            }
            let key = UserKey(tenant: TenantID(rawValue: rows.text(4)), objectID: rows.text(5))
            try body(
                ReportRow(
                    email: rows.text(3), isNew: rows.optionalInteger(1) == sync, isSynced: true,
                    result: hasRivals ? try note(key, rivals) : ""))
        }
    }

    private static func failed(_ row: RowStatement) throws -> ReportRow {
        let failure = try ContactFailed(event: JSONValue(parsing: row.bytes(2)))
        return ReportRow(
            email: failure.email, isNew: failure.contact == nil, isSynced: false,
            result: failure.reasons.map(\.text).joined(separator: "; "))
    }

    private static func note(_ key: UserKey, _ rivals: RowStatement) throws -> String {
        rivals.bind(1, Subject.user(key).text)
        defer { rivals.reset() }
        var others: [String] = []
        while try rivals.step() { others.append("\(rivals.text(1)) of tenant \(rivals.text(0))") }
        return others.isEmpty
            ? "" : "Same email as another user: \(others.joined(separator: ", ")) did not get the contact"
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
            SELECT contacts.id, email, name, details, source, users.tenant, users.object_id, contacts.subject
            FROM contacts LEFT JOIN users ON users.id = contacts.user
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
                    user: user ?? rows.optionalText(7).flatMap { Subject.user(in: $0) }))
        }
    }
}

/// The counts that the log shows.
package enum Tally {
    package static func totals(_ db: Database) throws -> SyncTotals {
        guard let row = try Row.fetchOne(db, sql: "SELECT synced, failed, new FROM tally") else { return SyncTotals() }
        let synced: Int = row[0]
        let new: Int = row[2]
        return SyncTotals(new: new, existing: synced - new, failed: row[1])
    }
}
