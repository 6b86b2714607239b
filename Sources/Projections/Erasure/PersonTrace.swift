import ContactSync
import GRDB
import Journal

/// Where a person's data stands in the journal. Found by reading all of it: an erasure must not miss an event because
/// some pointer did.
struct PersonTrace {
    private let person: Person
    private let journal: Database
    private let projector: Projector
    /// Those that are known to have been the person's.
    private var addresses: [String]
    private(set) var redactions: [Redaction] = []
    /// The contacts that go with the person.
    private(set) var gone: [ContactID] = []
    /// The contacts that another user has taken over since, as they are now.
    private(set) var kept: [Contact] = []

    init(_ person: Person, journal: Database, _ projector: Projector) throws {
        (self.person, self.journal, self.projector) = (person, journal, projector)
        addresses = try person.addresses(projector.db)
        switch person {
        case .user(let row): try trace(row)
        case .contact(let id):
            try trace { $0 == $1 }
            gone = [id]
        case .formerContact: try trace { $0 < $1 }
        case .agent: try JournalReader.each(journal, of: person.subject.text) { try redact($0) }
        case .recipient: break
        }
        try traceNotices()
        redactions.sort { $0.position < $1.position }
    }

    /// Wherever one of the addresses got notices. Who gets them now stands in an event that stays.
    private mutating func traceNotices() throws {
        let present = try Notices.recipients(projector.db)
        let former = addresses.filter { !present.holds($0) }
        try JournalReader.each(journal, of: Subject.notices.text) { event in
            guard case .noticeRecipientsChanged(let changed)? = try readable(event) else { return }
            if former.contains(where: changed.recipients.holds) { try redact(event) }
        }
    }

    /// The events of a contact's number in some help desks: each has an era, and the present one's is the last.
    private mutating func trace(_ isOurs: (_ era: Int, _ present: Int) -> Bool) throws {
        let eras = try HelpDeskEras(journal)
        try JournalReader.each(journal, of: person.subject.text) { event in
            if isOurs(eras.number(at: event.position), eras.current) { try redact(event) }
        }
    }

    private mutating func trace(_ user: UsersTable.Row) throws {
        let eras = try HelpDeskEras(journal)
        var values = PersonValues()
        var held: [HeldContact] = []
        try JournalReader.each(journal, of: person.subject.text) { event in
            if let content = try readable(event) {
                values.take(content)
                let era = eras.number(at: event.position)
                if let id = content.contact, !held.contains(where: { ($0.id, $0.era) == (id, era) }) {
                    held.append(HeldContact(id: id, era: era, since: event.position))
                }
            }
            try redact(event)
        }
        if held.isEmpty { return }
        let successors = try successors(to: held, eras)
        for contact in held {
            let end = successors.first { $0.contact == contact.id && $0.adopts && contact.concerns($0.position, eras) }
            try redact(contact, until: end?.position, eras, &values)
            addresses += values.addresses
            if contact.era == eras.current { try settle(contact.id, user) }
        }
        // Whoever took over a contact recorded what it held before.
        for successor in successors where successor.adopts || values.areReplaced(by: successor.changes) {
            guard let event = try JournalReader.event(journal, at: successor.position) else { continue }
            try redact(event)
        }
    }

    /// What was recorded of a contact before another user took it over is the person's, whoever recorded it.
    private mutating func redact(
        _ contact: HeldContact, until end: Position?, _ eras: HelpDeskEras, _ values: inout PersonValues
    ) throws {
        try JournalReader.each(journal, of: Subject.contact(contact.id).text) { event in
            guard eras.number(at: event.position) == contact.era else { return }
            guard end.map({ event.position < $0 }) ?? true else { return }
            if let content = try readable(event) { values.take(content) }
            try redact(event)
        }
    }

    private mutating func settle(_ id: ContactID, _ user: UsersTable.Row) throws {
        if let row = try projector.contacts.row(id), let holder = row.user, holder != user.id {
            kept.append(row.contact)
        } else {
            gone.append(id)
        }
    }

    /// What other users' records did to the contacts since the person had them.
    private func successors(to held: [HeldContact], _ eras: HelpDeskEras) throws -> [Successor] {
        var found: [Successor] = []
        try JournalReader.each(journal, of: [.contactUpdated, .contactWriteRequested]) { event in
            guard event.subject != person.subject.text, let content = try readable(event), let id = content.contact,
                held.contains(where: { $0.id == id && $0.concerns(event.position, eras) })
            else { return }
            found.append(Successor(event.position, id, content))
        }
        return found
    }

    private func readable(_ event: RecordedEvent) throws -> Event? { event.isErased ? nil : try event.event() }

    private mutating func redact(_ event: RecordedEvent) throws {
        if event.isErased || event.type == EventType.personErased.rawValue { return }
        if redactions.contains(where: { $0.position == event.position }) { return }
        redactions.append(try Redaction(of: event))
    }
}

/// A contact that the person had, from an event on.
private struct HeldContact {
    let id: ContactID
    let era: Int
    let since: Position

    func concerns(_ position: Position, _ eras: HelpDeskEras) -> Bool {
        position > since && eras.number(at: position) == era
    }
}

private struct Successor {
    let position: Position
    let contact: ContactID
    let adopts: Bool
    let changes: [ContactChange]

    init(_ position: Position, _ contact: ContactID, _ event: Event) {
        (self.position, self.contact, changes) = (position, contact, event.contactChanges)
        switch event {
        case .contactUpdated(let update), .contactWriteRequested(.update(let update)): adopts = update.adopts
        default: adopts = false
        }
    }
}

/// Numbers of contacts are each help desk's own: which one an event is of.
private struct HelpDeskEras {
    private var starts: [Position] = []

    init(_ journal: Database) throws {
        var desk = HelpDesk.embedded
        try JournalReader.each(journal, of: Subject.helpDesk.text) { event in
            guard case .helpDeskChanged(let changed)? = try event.event() else { return }
            if changed.helpDesk.kind != desk.kind || changed.helpDesk.url != desk.url { starts.append(event.position) }
            desk = changed.helpDesk
        }
    }

    var current: Int { starts.count }
    func number(at position: Position) -> Int { starts.count { $0 < position } }
}
