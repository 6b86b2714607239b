import ContactSync

/// What a person's contact held, at whatever time.
struct PersonValues {
    private var values: Set<String> = []

    mutating func take(_ event: Event) {
        if let contact = event.wholeContact { values.formUnion(contact.texts) }
        for change in event.contactChanges { values.formUnion([change.old, change.new].compactMap { $0?.shown }) }
    }

    var addresses: [String] { values.filter { $0.contains("@") }.sorted() }

    /// Whether changes of a contact tell what the person's was before.
    func areReplaced(by changes: [ContactChange]) -> Bool {
        changes.contains { $0.old.map { values.contains($0.shown) } ?? false }
    }
}

extension Contact {
    fileprivate var texts: Set<String> {
        Set([email, name] + phones.values + customFields.values.map(\.shown)).subtracting([""])
    }
}
