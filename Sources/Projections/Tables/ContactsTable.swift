package import ContactSync
import GRDB
import Journal

/// The contacts of the help desk: all of the embedded one, and of another what was last read or written.
package struct ContactsTable {
    static let version = 4
    /// E-mails compare without regard to case; they are ASCII (`EmailAddress`), so NOCASE is right for them.
    static let schema = """
        CREATE TABLE contacts (
            id INTEGER PRIMARY KEY, email TEXT NOT NULL, name TEXT NOT NULL, details TEXT NOT NULL,
            source TEXT NOT NULL, user INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX contacts_by_email ON contacts (email COLLATE NOCASE) WHERE email <> '';
        CREATE TABLE former_links (contact INTEGER NOT NULL, user INTEGER NOT NULL, PRIMARY KEY (contact, user))
            STRICT, WITHOUT ROWID;
        """

    package struct Row: Sendable {
        package let contact: Contact
        package let isFromEntra: Bool
        /// The row of the user that the contact is linked to.
        package let user: Int64?
    }

    private let byID, byEmail, insert, update, link, last, evict, put, remove, leave, former: RowStatement

    init(_ db: Database) throws {
        let columns = "id, email, name, details, source, user"
        byID = try RowStatement(db, "SELECT \(columns) FROM contacts WHERE id = ?")
        byEmail = try RowStatement(db, "SELECT \(columns) FROM contacts WHERE email = ? COLLATE NOCASE AND email <> ''")
        insert = try RowStatement(db, "INSERT INTO contacts VALUES (?, ?, ?, ?, ?, ?)")
        update = try RowStatement(db, "UPDATE contacts SET email = ?, name = ?, details = ? WHERE id = ?")
        link = try RowStatement(db, "UPDATE contacts SET user = ? WHERE id = ?")
        last = try RowStatement(
            db,
            """
            SELECT max((SELECT coalesce(max(id), 0) FROM contacts),
                coalesce((SELECT data ->> '$.lastEmbedded' FROM help_desk), 0))
            """)
        evict = try RowStatement(
            db, "UPDATE contacts SET email = '' WHERE email = ? COLLATE NOCASE AND email <> '' AND id <> ?")
        put = try RowStatement(
            db,
            """
            INSERT INTO contacts VALUES (?, ?, ?, ?, ?, NULL) ON CONFLICT (id) DO UPDATE SET
                email = excluded.email, name = excluded.name, details = excluded.details,
                source = excluded.source
            """)
        remove = try RowStatement(db, "DELETE FROM contacts WHERE id = ?")
        former = try RowStatement(db, "SELECT user FROM former_links WHERE contact = ? ORDER BY user")
        leave = try RowStatement(db, "INSERT OR IGNORE INTO former_links VALUES (?, ?)")
    }

    package func row(_ id: ContactID) throws -> Row? {
        byID.bind(1, id.rawValue)
        return try first(byID)
    }

    package func row(email: String) throws -> Row? {
        byEmail.bind(1, email)
        return try first(byEmail)
    }

    /// The number that the next contact gets.
    package func nextID() throws -> ContactID {
        defer { last.reset() }
        return ContactID(rawValue: try last.step() ? last.integer(0) + 1 : 1)
    }

    func create(_ contact: Contact, fromEntra: Bool, user: Int64?) throws {
        insert.bind(1, contact.id.rawValue)
        insert.bind(2, contact.email)
        insert.bind(3, contact.name)
        insert.bind(4, text: contact.details)
        insert.bind(5, fromEntra ? "entra" : "manual")
        insert.bind(6, user)
        try insert.run()
    }

    /// Takes in what a help desk elsewhere holds. Whichever contact was known by the address before has lost it.
    ///
    /// - Parameter fromEntra: A sync made it.
    func put(_ contact: Contact, fromEntra: Bool) throws {
        try evict(contact.email, except: contact.id)
        put.bind(1, contact.id.rawValue)
        put.bind(2, contact.email)
        put.bind(3, contact.name)
        put.bind(4, text: contact.details)
        put.bind(5, fromEntra ? "entra" : "manual")
        try put.run()
    }

    /// Whichever other contact has the address has none from now on.
    func evict(_ email: String, except id: ContactID) throws {
        evict.bind(1, email)
        evict.bind(2, id.rawValue)
        try evict.run()
    }

    /// Takes in a contact that a sync made in a help desk elsewhere.
    func made(_ contact: Contact, for user: Int64) throws {
        try put(contact, fromEntra: true)
        try link(contact.id, user: user)
    }

    func remove(_ id: ContactID) throws {
        remove.bind(1, id.rawValue)
        try remove.run()
    }

    func store(_ contact: Contact) throws {
        update.bind(1, contact.email)
        update.bind(2, contact.name)
        update.bind(3, text: contact.details)
        update.bind(4, contact.id.rawValue)
        try update.run()
    }

    func link(_ id: ContactID, user: Int64) throws {
        link.bind(1, user)
        link.bind(2, id.rawValue)
        try link.run()
    }

    /// The user had the contact, and has it no more: what it says may still be from that user.
    func leave(_ id: ContactID, user: Int64) throws {
        leave.bind(1, id.rawValue)
        leave.bind(2, user)
        try leave.run()
    }

    /// The users who had the contact before.
    func former(_ id: ContactID) throws -> [Int64] {
        former.bind(1, id.rawValue)
        defer { former.reset() }
        var users: [Int64] = []
        while try former.step() { users.append(former.integer(0)) }
        return users
    }

    private func first(_ statement: RowStatement) throws -> Row? {
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        let contact = Contact(
            id: ContactID(rawValue: statement.integer(0)), email: statement.text(1), name: statement.text(2),
            details: (try? JSONValue(parsing: statement.bytes(3))) ?? .null)
        return Row(contact: contact, isFromEntra: statement.text(4) == "entra", user: statement.optionalInteger(5))
    }
}
