package import ContactSync
package import GRDB
import Journal

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
