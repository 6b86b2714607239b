package import ContactSync
package import GRDB
package import Journal

/// Every event about a person: the user's own and those of the contact that is linked now, oldest first.
package struct PersonHistory: Sendable {
    /// Nil for a contact without a user.
    package let user: UserKey?
    package let contact: ContactID?
    package let events: [RecordedEvent]
    /// Those by which an erasure recorded the contact again.
    package let retold: Set<Position>

    /// Of everybody whom a text names.
    ///
    /// - Parameter end: Where the past ends that `db` shows; nil where it shows the present.
    package static func find(
        _ text: String, _ db: Database, journal: Database, to end: Position? = nil
    ) throws -> [PersonHistory] {
        let projector = try Projector(db)
        // Before that, the contact of this number was another one, of another help desk.
        let moved = Position(rawValue: try HelpDeskState.fetch(db).movedAt ?? 0)
        let found = try RecordLookup.find(text, projector).map { record in
            let contact = try record.row.contact.flatMap { try projector.last(.contact($0)) }
            return try PersonHistory(
                record.row.key, record.row.contact, [Position(rawValue: record.row.lastEvent), contact], journal, moved)
        }
        if !found.isEmpty { return found }
        if let contact = try projector.contacts.row(email: text)?.contact.id {
            return [try PersonHistory(nil, contact, [projector.last(.contact(contact))], journal, moved)]
        }
        return try unknown(id: text.lowercased(), db, journal, to: end)
    }

    /// Who has no row any more, such as a person who was erased: found by reading the journal backwards.
    private static func unknown(
        id: String, _ db: Database, _ journal: Database, to end: Position?
    ) throws -> [PersonHistory] {
        guard !id.contains("@") else { return [] }
        return try Installation.tenants(db).compactMap { tenant in
            let key = UserKey(tenant: tenant.id, objectID: id)
            guard let last = try JournalReader.last(journal, of: Subject.user(key).text, to: end) else { return nil }
            return try PersonHistory(key, nil, [last], journal, Position(rawValue: 0))
        }
    }

    private init(
        _ user: UserKey?, _ contact: ContactID?, _ ends: [Position?], _ journal: Database, _ moved: Position
    ) throws {
        (self.user, self.contact) = (user, contact)
        var events: [RecordedEvent] = []
        for end in ends {
            try JournalReader.chain(journal, from: end) { event in
                let isOfUser = event.subject.flatMap(Subject.user(in:)) != nil
                if isOfUser || event.position > moved { events.append(event) }
                return isOfUser || event.position > moved
            }
        }
        self.events = events.sorted { $0.position < $1.position }
        retold = try Set(events.filter { try $0.isRetold(journal) }.map(\.position))
    }
}
