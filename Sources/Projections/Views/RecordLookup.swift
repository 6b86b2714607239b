package import ContactSync
package import GRDB
import Journal

/// A user and all that is known of the record.
package struct FoundRecord: Sendable {
    package let row: UsersTable.Row
    package let contact: Contact?
}

package enum RecordLookup {
    /// By object id, by the contact's e-mail, or by the e-mail that a failed record would have had.
    package static func find(_ text: String, _ db: Database) throws -> [FoundRecord] {
        let ids = try Int64.fetchAll(
            db,
            sql: """
                SELECT id FROM users WHERE object_id = :text
                UNION SELECT user FROM contacts WHERE email = :text COLLATE NOCASE AND email <> '' AND user IS NOT NULL
                UNION SELECT id FROM users WHERE wanted = :text COLLATE NOCASE AND wanted IS NOT NULL AND removed = 0
                ORDER BY 1
                """, arguments: ["text": text])
        let projector = try Projector(db)
        return try ids.compactMap { id in
            guard let row = try projector.users.row(id: id) else { return nil }
            return FoundRecord(row: row, contact: try row.contact.flatMap { try projector.contacts.row($0)?.contact })
        }
    }

    /// A contact by its number, linked or not.
    package static func contact(_ id: ContactID, _ db: Database) throws -> Contact? {
        try Projector(db).contacts.row(id)?.contact
    }

    /// Whether a write of the user's contact has no outcome yet.
    package static func isPending(_ row: UsersTable.Row, _ db: Database) throws -> Bool {
        try Projector(db).helpDesk.pendingWrite(of: row.id) != nil
    }

    /// The user's object as last known; nil once erased.
    package static func object(_ row: UsersTable.Row, _ db: Database, journal: Database) throws -> UserObject? {
        try Projector(db).object(of: row, journal: journal)
    }
}
