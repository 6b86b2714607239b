package import ContactSync
import Journal

/// What a person's contact held, at whatever time.
struct PersonValues {
    private var values: Set<String> = []

    mutating func take(_ event: Event) {
        if let contact = event.whole { values.formUnion(contact.texts) }
        for change in event.changes { values.formUnion([change.old, change.new].compactMap { $0?.shown }) }
    }

    /// Whether what was recorded of a contact is the person's.
    func isHeld(by record: RecordedEvent) throws -> Bool {
        guard let event = try record.event() else { return false }
        return event.whole.map { !values.isDisjoint(with: $0.texts) } ?? false
    }

    /// Whether a change of a contact tells what the person's was before.
    func isReplaced(in event: Event) -> Bool {
        event.changes.contains { $0.old.map { values.contains($0.shown) } ?? false }
    }
}

extension Contact {
    fileprivate var texts: Set<String> {
        Set([email, name] + phones.values + customFields.values.map(\.shown)).subtracting([""])
    }
}

extension Event {
    /// The contact, where the event holds one whole.
    fileprivate var whole: Contact? {
        switch self {
        case .contactCreated(let event): event.contact
        case .contactAdded(let event): event.contact
        case .contactRead(let event): event.contact
        case .contactWriteRequested(.create(let contact)): contact
        default: nil
        }
    }

    fileprivate var changes: [ContactChange] {
        switch self {
        case .contactUpdated(let event): event.changes
        case .contactWriteRequested(.update(let event)): event.changes
        default: []
        }
    }

    /// The number of the contact that a decision is about; nil where it has none yet.
    package var contact: ContactID? {
        switch self {
        case .contactCreated(let event): event.contact.id
        case .contactUpdated(let event): event.contact
        case .contactWriteRequested(.update(let event)): event.contact
        case .contactFailed(let event): event.contact
        default: nil
        }
    }
}
