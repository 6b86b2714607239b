package import ContactSync
package import GRDB
import Journal

/// Somebody of whom the journal holds data: what an erasure is about.
package enum Person: Sendable {
    case user(UsersTable.Row)
    /// A contact that no user has.
    case contact(ContactID)
    /// Whoever had this number in help desks of former times, and no user's record.
    case formerContact(ContactID)
    /// An agent who was removed.
    case agent(Int64)
    /// Whoever got notices at an address, and does not any more: its number.
    case recipient(Int64)

    package var subject: Subject {
        switch self {
        case .user(let row): .user(row.key)
        case .contact(let id), .formerContact(let id): .contact(id)
        case .agent(let number): .agent(number)
        case .recipient(let number): .address(number)
        }
    }

    /// All who are, or ever were, known by an object id or an e-mail address: whoever has the contact with the address,
    /// had it before, or wanted it, gone or not.
    package static func find(_ text: String, _ db: Database) throws -> [Person] {
        let users = try Int64.fetchAll(db, sql: users, arguments: ["text": text, "id": text.lowercased()])
        let projector = try Projector(db)
        var people = try users.compactMap { try projector.users.row(id: $0) }.map(Person.user)
        let contacts = "SELECT id FROM contacts WHERE email = ? COLLATE NOCASE AND email <> '' AND user IS NULL"
        people += try Int64.fetchAll(db, sql: contacts, arguments: [text]).map { .contact(ContactID(rawValue: $0)) }
        if let id = Subject.contact(in: text) {
            let row = try projector.contacts.row(id)
            if let row, row.user == nil { people.append(.contact(id)) }
            let hasMoved = try HelpDeskState.fetch(db).movedAt != nil
            if hasMoved, row == nil || row?.user != nil, try projector.last(.contact(id)) != nil {
                people.append(.formerContact(id))
            }
        }
        let agents =
            "SELECT number FROM agents WHERE email = ? COLLATE NOCASE AND email <> '' AND removed = 1 OR number = ? AND removed = 1"
        let number = Subject.agent(in: text) ?? 0
        people += try Int64.fetchAll(db, sql: agents, arguments: [text, number]).map { .agent($0) }
        // Where somebody has the address, it goes with them.
        return people.isEmpty ? try recipient(text, db).map { [.recipient($0)] } ?? [] : people
    }

    /// Who still gets notices is left out, as agents are.
    private static func recipient(_ text: String, _ db: Database) throws -> Int64? {
        let sql =
            "SELECT number, email FROM notice_addresses WHERE email = ? COLLATE NOCASE OR number = ? ORDER BY number DESC"
        let row = try Row.fetchOne(db, sql: sql, arguments: [text, Subject.address(in: text) ?? 0])
        guard let row, try !Notices.recipients(db).holds(row[1]) else { return nil }
        return row[0]
    }

    private static let users = """
        SELECT id FROM users WHERE object_id IN (:text, :id)
        UNION SELECT user FROM contacts WHERE email = :text COLLATE NOCASE AND email <> '' AND user IS NOT NULL
        UNION SELECT former_links.user FROM former_links JOIN contacts ON contacts.id = former_links.contact
            WHERE email = :text COLLATE NOCASE AND email <> ''
        UNION SELECT id FROM users WHERE wanted = :text COLLATE NOCASE AND wanted IS NOT NULL
        ORDER BY 1
        """
}

extension Person {
    /// The addresses by which the person is known now.
    package func addresses(_ db: Database) throws -> [String] {
        let contacts = try Projector(db).contacts
        let found: [String?] =
            switch self {
            case .user(let row): [try row.contact.flatMap { try contacts.row($0)?.contact.email }, row.wanted]
            case .contact(let id): [try contacts.row(id)?.contact.email]
            case .agent(let number): [try email("agents", number, db)]
            case .recipient(let number): [try email("notice_addresses", number, db)]
            case .formerContact: []
            }
        return found.compactMap(\.self).filter { $0.contains("@") }
    }

    private func email(_ table: String, _ number: Int64, _ db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT email FROM \(table) WHERE number = ?", arguments: [number])
    }
}

extension Person {
    /// What the person's contact, or the agent, is called.
    package func displayName(_ db: Database) throws -> String? {
        let contacts = try Projector(db).contacts
        return switch self {
        case .user(let row): try row.contact.flatMap { try contacts.row($0)?.contact.name }
        case .contact(let id): try contacts.row(id)?.contact.name
        case .formerContact, .recipient: nil
        case .agent(let number):
            try String.fetchOne(db, sql: "SELECT name FROM agents WHERE number = ?", arguments: [number])
        }
    }

    /// What names this one and nobody else.
    package var name: String {
        switch self {
        case .user(let row): row.objectID
        case .contact, .formerContact, .agent, .recipient: subject.text
        }
    }
}
