import ContactSync
import GRDB
import Journal

/// Where a person's data stands in the journal. Found by reading all of it once: an erasure must not miss an event because
/// some pointer did.
struct PersonTrace {
    private let person: Person
    private let journal: Database
    private let projector: Projector
    private(set) var redactions: [Redaction] = []
    /// The contacts that go with the person.
    private(set) var gone: [ContactID] = []
    /// The contacts that another user has taken over since, as they are now.
    private(set) var kept: [Contact] = []

    init(_ person: Person, journal: Database, _ projector: Projector) throws {
        (self.person, self.journal, self.projector) = (person, journal, projector)
        switch person {
        case .user(let row): try trace(row)
        case .contact(let id): try trace(id)
        case .agent: try redact(events(of: person.subject))
        }
        redactions.sort { $0.position < $1.position }
    }

    private mutating func trace(_ id: ContactID) throws {
        let era = try HelpDeskEras(journal)
        try redact(events(of: .contact(id)).filter { era.isCurrent($0.position) })
        gone = [id]
    }

    private mutating func trace(_ user: UsersTable.Row) throws {
        let own = try events(of: person.subject)
        let eras = try HelpDeskEras(journal)
        var values = PersonValues()
        var contacts: [(id: ContactID, era: Int)] = []
        for event in own {
            guard let content = try event.event() else { continue }
            values.take(content)
            let era = eras.number(at: event.position)
            if let id = content.contact, !contacts.contains(where: { $0 == (id, era) }) { contacts.append((id, era)) }
        }
        try redact(own)
        for (id, era) in contacts {
            let others = try events(of: .contact(id)).filter { eras.number(at: $0.position) == era }
            guard era == eras.current, let holder = try projector.contacts.row(id), let linked = holder.user,
                linked != user.id
            else {
                if era == eras.current { gone.append(id) }
                try redact(others)
                continue
            }
            kept.append(holder.contact)
            try redact(others.filter { try values.isHeld(by: $0) })
        }
        try redactSuccessors(of: contacts.map(\.id), values)
    }

    /// Whoever took over a contact recorded what it held before.
    private mutating func redactSuccessors(of contacts: [ContactID], _ values: PersonValues) throws {
        let types = [EventType.contactUpdated, .contactWriteRequested].map { "'\($0.rawValue)'" }.joined(separator: ",")
        let successors = try events("type IN (\(types)) AND subject IS NOT ?", person.subject.text).filter { event in
            guard let content = try event.event(), let contact = content.contact else { return false }
            return contacts.contains(contact) && values.isReplaced(in: content)
        }
        try redact(successors)
    }

    private func events(of subject: Subject) throws -> [RecordedEvent] { try events("subject = ?", subject.text) }

    private func events(_ condition: String, _ subject: String) throws -> [RecordedEvent] {
        try JournalReader.events(journal, where: condition, subject).filter {
            !$0.isErased && $0.type != EventType.personErased.rawValue
        }
    }

    private mutating func redact(_ events: [RecordedEvent]) throws {
        redactions += try events.map { try Redaction(of: $0) }
    }
}

/// Numbers of contacts are each help desk's own: which one an event is of.
private struct HelpDeskEras {
    private var starts: [Position] = []

    init(_ journal: Database) throws {
        var desk = HelpDesk.embedded
        let moves = try JournalReader.events(journal, where: "subject = ?", Subject.helpDesk.text)
        for event in moves {
            guard case .helpDeskChanged(let changed)? = try event.event() else { continue }
            if changed.helpDesk.kind != desk.kind || changed.helpDesk.url != desk.url { starts.append(event.position) }
            desk = changed.helpDesk
        }
    }

    var current: Int { starts.count }
    func number(at position: Position) -> Int { starts.count { $0 < position } }
    func isCurrent(_ position: Position) -> Bool { number(at: position) == current }
}
