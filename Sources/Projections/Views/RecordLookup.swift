package import ContactSync
import GRDB

/// A user's row with the contact that is linked to it.
package struct FoundRecord: Sendable {
    package let row: UsersTable.Row
    package let contact: Contact?
}

enum RecordLookup {
    /// By object id, by the contact's e-mail, or by the e-mail that a failed record would have had.
    static func find(_ text: String, _ projector: Projector) throws -> [FoundRecord] {
        let ids = try Int64.fetchAll(projector.db, sql: sql, arguments: ["text": text, "id": text.lowercased()])
        return try ids.compactMap { id in
            guard let row = try projector.users.row(id: id) else { return nil }
            return FoundRecord(row: row, contact: try row.contact.flatMap { try projector.contacts.row($0)?.contact })
        }
    }

    static let sql = """
        SELECT id FROM users WHERE object_id IN (:text, :id)
        UNION SELECT user FROM contacts WHERE email = :text COLLATE NOCASE AND email <> '' AND user IS NOT NULL
        UNION SELECT id FROM users WHERE wanted = :text COLLATE NOCASE AND wanted IS NOT NULL AND removed = 0
        ORDER BY 1
        """
}
