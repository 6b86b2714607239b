/// What a record was decided to be: the same whether its contact lives here or in a help desk elsewhere.
package enum RecordDecision: Equatable, Sendable {
    case create(Contact)
    case update(ContactUpdated)
    case fail(ContactFailed)

    /// Nil for an event that decides no record.
    package init?(_ event: Event) {
        if case .contactCreated(let created) = event {
            self = .create(created.contact)
        } else if case .contactUpdated(let updated) = event {
            self = .update(updated)
        } else if case .contactFailed(let failed) = event {
            self = .fail(failed)
        } else if case .contactWriteRequested(.create(let contact)) = event {
            self = .create(contact)
        } else if case .contactWriteRequested(.update(let update)) = event {
            self = .update(update)
        } else {
            return nil
        }
    }

    /// The contact that there was before.
    package var contact: ContactID? {
        switch self {
        case .create: nil
        case .update(let update): update.contact
        case .fail(let failed): failed.contact
        }
    }

    /// The address that the decision itself names; nil where it says of none.
    package var email: String? {
        switch self {
        case .create(let contact): return contact.email
        case .update(let update):
            for change in update.changes where change.field == .email { return change.new?.shown }
            return nil
        case .fail(let failed): return failed.email.isEmpty ? nil : failed.email
        }
    }

    /// What it does to the contact, part by part; a new one held nothing before.
    package var changes: [ContactChange] {
        switch self {
        case .create(let contact): contact.parts.map { ContactChange($0.field, old: nil, new: $0.value) }
        case .update(let update): update.changes
        case .fail: []
        }
    }

    package var reasons: [Reason] {
        switch self {
        case .create, .update: []
        case .fail(let failed): failed.reasons
        }
    }
}

extension Contact {
    /// All that it holds, in a fixed order.
    package var parts: [(field: ContactField, value: FieldValue)] {
        let phones = phones.sorted { $0.key < $1.key }.map { (ContactField.phone($0.key), FieldValue.text($0.value)) }
        let fields = customFields.sorted { CanonicalJSON.precedes($0.key, $1.key) }
            .map { (ContactField.custom($0.key), $0.value) }
        return [(.email, .text(email)), (.name, .text(name))] + phones + fields
    }
}
