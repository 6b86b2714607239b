package import ContactSync
package import GRDB
package import Journal

/// Every event about a person: the user's own and those of the contact that is linked now, oldest first.
package struct PersonHistory: Sendable {
    /// Nil for a contact without a user.
    package let user: UserKey?
    package let contact: ContactID?
    package let events: [RecordedEvent]

    /// Of everybody whom a text names.
    package static func find(_ text: String, _ db: Database, journal: Database) throws -> [PersonHistory] {
        let projector = try Projector(db)
        let found = try RecordLookup.find(text, projector).map { record in
            let contact = try record.row.contact.flatMap { try projector.last(.contact($0)) }
            return PersonHistory(
                user: record.row.key, contact: record.row.contact,
                events: try merged([Position(rawValue: record.row.lastEvent), contact], journal))
        }
        if !found.isEmpty { return found }
        if let contact = try projector.contacts.row(email: text)?.contact.id {
            return [
                PersonHistory(
                    user: nil, contact: contact, events: try merged([projector.last(.contact(contact))], journal))
            ]
        }
        return try unknown(id: text.lowercased(), db, journal)
    }

    /// Who has no row any more, such as a person who was erased: found by reading the journal backwards.
    private static func unknown(id: String, _ db: Database, _ journal: Database) throws -> [PersonHistory] {
        guard !id.contains("@") else { return [] }
        return try Installation.tenants(db).compactMap { tenant in
            let key = UserKey(tenant: tenant.id, objectID: id)
            guard let last = try JournalReader.last(journal, of: Subject.user(key).text) else { return nil }
            return PersonHistory(user: key, contact: nil, events: try merged([last], journal))
        }
    }

    private static func merged(_ ends: [Position?], _ journal: Database) throws -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        for end in ends {
            try JournalReader.chain(journal, from: end) {
                events.append($0)
                return true
            }
        }
        return events.sorted { $0.position < $1.position }
    }
}
