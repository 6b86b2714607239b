/// What events say of contacts, for whoever asks all of them the same. Erasure depends on it: a new event says here what it
/// holds of one.
extension Event {
    /// What an event tells of one contact.
    private enum Content {
        case whole(Contact)
        case update(ContactUpdated)
        /// Its number alone.
        case number(ContactID?)
        case nothing
    }

    private var content: Content {
        switch self {
        case .contactCreated(let created): .whole(created.contact)
        case .contactAdded(let added): .whole(added.contact)
        case .contactRead(let read): .whole(read.contact)
        case .contactWriteRequested(.create(let contact)): .whole(contact)
        case .contactUpdated(let update), .contactWriteRequested(.update(let update)): .update(update)
        case .contactFailed(let failed): .number(failed.contact)
        case .contactRemoved(let removed): .number(removed.contact)
        case .contactParkRequested(let parked): .number(parked.contact)
        case .accountOpened, .accountChanged, .agentAdded, .agentChanged, .agentRemoved, .appInstalled, .appUninstalled,
            .fieldDefined,
            .fieldChanged, .fieldRemoved, .tenantAuthorized, .tenantAuthorizationFailed, .tenantReauthorized,
            .tenantDisabled, .tenantEnabled, .tenantDeleted, .mappingChanged, .selectionChanged, .inclusionChanged,
            .fullReadDaysChanged, .overwriteChanged, .accountEmailChanged, .guardChanged, .contactSyncEnabled,
            .contactSyncDisabled, .syncStarted, .pageRead, .userFetched, .userChanged, .userRemoved, .selectionRead,
            .tenantReadFailed, .tenantHeld, .recordsUnconcerned, .syncApproved, .syncCompleted, .syncFailed,
            .syncInterrupted, .helpDeskChanged, .requestsReserved, .helpDeskThrottled, .contactsRead,
            .contactWriteAbandoned, .mailServerChanged, .mailTemplateChanged, .accountEmailRequested,
            .accountEmailSent, .accountEmailFailed, .checkpointSigned, .personErased, .noticeRaised, .noticeCleared,
            .noticeDelivered,
            .noticeUndelivered, .noticeRecipientsChanged, .noticeWebhookChanged:
            .nothing
        }
    }

    /// The number of the contact that an event is about; nil where it is about none, or one without a number yet.
    package var contact: ContactID? {
        let id: ContactID? =
            switch content {
            case .whole(let contact): contact.id
            case .update(let update): update.contact
            case .number(let number): number
            case .nothing: nil
            }
        return id == .unassigned ? nil : id
    }

    /// The contact, where the event holds one whole.
    package var wholeContact: Contact? {
        if case .whole(let contact) = content { contact } else { nil }
    }

    /// What the event changes of a contact, or asks to be changed.
    package var contactChanges: [ContactChange] {
        if case .update(let update) = content { update.changes } else { [] }
    }
}
