/// What events say of contacts, for whoever asks all of them the same.
extension Event {
    /// The number of the contact that an event is about; nil where it is about none, or one without a number yet.
    package var contact: ContactID? {
        let id: ContactID? =
            switch self {
            case .contactUpdated(let updated), .contactWriteRequested(.update(let updated)): updated.contact
            case .contactFailed(let failed): failed.contact
            case .contactRemoved(let removed): removed.contact
            case .contactParkRequested(let parked): parked.contact
            default: wholeContact?.id
            }
        return id == .unassigned ? nil : id
    }

    /// The contact, where the event holds one whole.
    package var wholeContact: Contact? {
        switch self {
        case .contactCreated(let created): created.contact
        case .contactAdded(let added): added.contact
        case .contactRead(let read): read.contact
        case .contactWriteRequested(.create(let contact)): contact
        default: nil
        }
    }

    /// What the event changes of a contact, or asks to be changed.
    package var contactChanges: [ContactChange] {
        switch self {
        case .contactUpdated(let updated), .contactWriteRequested(.update(let updated)): updated.changes
        default: []
        }
    }
}
