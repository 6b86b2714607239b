package import ContactSync
import GRDB
import Journal

/// The contacts of the embedded help desk.
package struct ContactsTable {
    static let version = 2
    /// E-mails compare without regard to case; they are ASCII (`EmailAddress`), so NOCASE is right for them.
    static let schema = """
        CREATE TABLE contacts (
            id INTEGER PRIMARY KEY, email TEXT NOT NULL, name TEXT NOT NULL, details TEXT NOT NULL,
            source TEXT NOT NULL, user INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX contacts_by_email ON contacts (email COLLATE NOCASE);
        """

    package struct Row: Sendable {
        package let contact: Contact
        package let isFromEntra: Bool
        /// The row of the user that the contact is linked to.
        package let user: Int64?
    }

    private let byID, byEmail, insert, update, link, last: RowStatement

    init(_ db: Database) throws {
        let columns = "id, email, name, details, source, user"
        byID = try RowStatement(db, "SELECT \(columns) FROM contacts WHERE id = ?")
        byEmail = try RowStatement(db, "SELECT \(columns) FROM contacts WHERE email = ? COLLATE NOCASE")
        insert = try RowStatement(db, "INSERT INTO contacts VALUES (?, ?, ?, ?, ?, ?)")
        update = try RowStatement(db, "UPDATE contacts SET email = ?, name = ?, details = ? WHERE id = ?")
        link = try RowStatement(db, "UPDATE contacts SET user = ? WHERE id = ?")
        last = try RowStatement(db, "SELECT coalesce(max(id), 0) FROM contacts")
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

    private func first(_ statement: RowStatement) throws -> Row? {
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        let contact = Contact(
            id: ContactID(rawValue: statement.integer(0)), email: statement.text(1), name: statement.text(2),
            details: (try? JSONValue(parsing: statement.bytes(3))) ?? .null)
        return Row(contact: contact, isFromEntra: statement.text(4) == "entra", user: statement.optionalInteger(5))
    }
}
