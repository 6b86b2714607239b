package import ContactSync
package import GRDB
package import Journal

/// One field of a contact, and where its value comes from.
package struct BlamedField: Sendable {
    package let field: ContactField
    /// Nil where the field was emptied.
    package let value: FieldValue?
    /// The event that made it so; nil where that cannot be told any more, because the event's data was erased.
    package let event: RecordedEvent?
    /// Whose object a sync took it from.
    package var user: UserKey? { event?.subject.flatMap { Subject.user(in: $0) } }
}

/// Who or what is to be asked about each field of a contact.
///
/// The contact's own events are walked, and those of every user who was ever linked to it: not the whole journal.
package struct Blame {
    private let contact: Contact
    private let events: [(record: RecordedEvent, event: Event)]
    private var sources: [ContactField: (value: FieldValue?, record: RecordedEvent)] = [:]

    /// The fields in the order in which a contact is shown, with those that were emptied.
    package static func fields(of contact: Contact, _ db: Database, journal: Database) throws -> [BlamedField] {
        var blame = try Blame(contact, db, journal)
        for (record, event) in blame.events { blame.take(event, record) }
        return blame.fields
    }

    private init(_ contact: Contact, _ db: Database, _ journal: Database) throws {
        self.contact = contact
        let projector = try Projector(db)
        let users =
            try [projector.contacts.row(contact.id)?.user].compactMap(\.self) + projector.contacts.former(contact.id)
        let ends = try users.compactMap { try projector.users.row(id: $0)?.lastEvent }.map(Position.init(rawValue:))
        // Before that, the contact of this number was another one, of another help desk.
        let start = try HelpDeskState.fetch(db).movedAt ?? 0
        var events: [(record: RecordedEvent, event: Event)] = []
        for end in try [projector.last(.contact(contact.id))].compactMap(\.self) + ends {
            try JournalReader.walk(journal, from: end) { record in
                guard record.position.rawValue > start, Blame.types.contains(record.type),
                    let event = try record.event(), event.contact == contact.id, try !record.isRetold(journal)
                else { return }
                events.append((record, event))
            }
        }
        self.events = events.sorted { $0.record.position < $1.record.position }
    }

    private static let types = [
        EventType.contactCreated, .contactUpdated, .contactAdded, .contactRead, .contactRemoved,
    ].map(\.rawValue)

    private mutating func take(_ event: Event, _ record: RecordedEvent) {
        if record.isErased {
            // Which fields it changed is not known any more, and so none of those before it is known to have lasted.
            sources = [:]
        } else if case .contactUpdated(let updated) = event {
            for change in updated.changes { sources[change.field] = (change.new, record) }
        } else if let whole = event.wholeContact {
            let values = whole.values
            for field in Set(values.keys).union(sources.keys) where sources[field]?.value != values[field] {
                sources[field] = (values[field], record)
            }
        } else {
            sources = [:]
        }
    }

    private var fields: [BlamedField] {
        let values = contact.values
        return Set(values.keys).union(sources.keys).sorted { $0.place < $1.place }.map { field in
            let source = sources[field].flatMap { $0.value == values[field] ? $0.record : nil }
            return BlamedField(field: field, value: values[field], event: source)
        }
    }
}
