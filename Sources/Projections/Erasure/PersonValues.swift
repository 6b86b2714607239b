import ContactSync
import Journal

/// What a person's contact held, at whatever time.
struct PersonValues {
    private var values: Set<String> = []

    mutating func take(_ event: Event) {
        if let contact = event.wholeContact { values.formUnion(contact.texts) }
        for change in event.contactChanges { values.formUnion([change.old, change.new].compactMap { $0?.shown }) }
    }

    /// Whether what was recorded of a contact is the person's.
    func isHeld(by record: RecordedEvent) throws -> Bool {
        guard let event = try record.event() else { return false }
        return event.wholeContact.map { !values.isDisjoint(with: $0.texts) } ?? false
    }

    /// Whether a change of a contact tells what the person's was before.
    func isReplaced(in event: Event) -> Bool {
        event.contactChanges.contains { $0.old.map { values.contains($0.shown) } ?? false }
    }
}

extension Contact {
    fileprivate var texts: Set<String> {
        Set([email, name] + phones.values + customFields.values.map(\.shown)).subtracting([""])
    }
}
