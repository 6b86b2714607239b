package import ContactSync
package import GRDB
import Journal

/// Somebody of whom the journal holds data: what an erasure is about.
package enum Person: Sendable {
    case user(UsersTable.Row)
    /// A contact that no user has.
    case contact(ContactID)
    /// An agent who was removed.
    case agent(Int64)

    package var subject: Subject {
        switch self {
        case .user(let row): .user(row.key)
        case .contact(let id): .contact(id)
        case .agent(let number): .agent(number)
        }
    }

    /// All who are known by an object id or by an e-mail address.
    package static func find(_ text: String, _ db: Database) throws -> [Person] {
        var people = try RecordLookup.find(text, Projector(db)).map { Person.user($0.row) }
        let contacts = "SELECT id FROM contacts WHERE email = ? COLLATE NOCASE AND email <> '' AND user IS NULL"
        people += try Int64.fetchAll(db, sql: contacts, arguments: [text]).map { .contact(ContactID(rawValue: $0)) }
        let agents = "SELECT number FROM agents WHERE email = ? COLLATE NOCASE AND email <> '' AND removed = 1"
        return people + (try Int64.fetchAll(db, sql: agents, arguments: [text]).map { .agent($0) })
    }
}

extension Person {
    /// The addresses by which the person is known now.
    package func addresses(_ db: Database) throws -> [String] {
        let contacts = try Projector(db).contacts
        let found: [String?] =
            switch self {
            case .user(let row): [try row.contact.flatMap { try contacts.row($0)?.contact.email }, row.wanted]
            case .contact(let id): [try contacts.row(id)?.contact.email]
            case .agent: []
            }
        return found.compactMap(\.self).filter { $0.contains("@") }
    }
}
