extension Decision {
    /// What a recorded event says was decided; nil for an event that decides nothing.
    ///
    /// A contact's number is none of the decision to make it.
    package init?(recorded event: Event) {
        switch event {
        case .contactCreated(let created): self = .create(created.contact)
        case .contactWriteRequested(.create(let contact)): self = .create(contact)
        case .contactUpdated(let update), .contactWriteRequested(.update(let update)):
            self = .update(update.contact, changes: update.changes, adopts: update.adopts)
        case .contactFailed(let failed): self = .fail(existing: failed.contact, reasons: failed.reasons)
        default: return nil
        }
    }

    private static func create(_ contact: Contact) -> Decision {
        .create(email: contact.email, name: contact.name, phones: contact.phones, customFields: contact.customFields)
    }
}
