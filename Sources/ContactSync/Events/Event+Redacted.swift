/// What is left of an event when the person whom it is about is erased.
extension Event {
    /// The same event without anything that tells who it was: numbers, pseudonymous ids, causes and the names of
    /// properties and fields stay, so that whoever folds the journal still counts and links as was done then. What holds
    /// nothing of a person stays as it is.
    package var redacted: Event {
        switch self {
        case .userFetched: .userFetched(.nothing)
        case .userChanged: .userChanged(.nothing)
        case .contactCreated(let event): .contactCreated(.init(contact: event.contact.redacted))
        case .contactAdded(let event): .contactAdded(.init(contact: event.contact.redacted))
        case .contactRead(let event): .contactRead(.init(contact: event.contact.redacted))
        case .contactUpdated(let event): .contactUpdated(event.redacted)
        case .contactFailed(let event):
            .contactFailed(.init(contact: event.contact, email: "", reasons: event.reasons.map(\.redacted)))
        case .contactWriteRequested(.create(let contact)): .contactWriteRequested(.create(contact.redacted))
        case .contactWriteRequested(.update(let update)): .contactWriteRequested(.update(update.redacted))
        case .contactWriteAbandoned: .contactWriteAbandoned(.init(reason: ""))
        case .contactParkRequested(let event): .contactParkRequested(.init(contact: event.contact, email: ""))
        case .accountEmailRequested: .accountEmailRequested(.init(to: "", messageID: ""))
        case .accountEmailFailed(let event):
            .accountEmailFailed(.init(kind: event.kind, reason: "", code: event.code))
        case .agentAdded(let event): .agentAdded(.init(agent: event.agent, email: "", name: "", role: event.role))
        case .agentChanged(let event): .agentChanged(.init(agent: event.agent, name: "", role: event.role))
        case .noticeRecipientsChanged(let event): .noticeRecipientsChanged(.init(recipients: event.recipients.redacted))
        case .accountOpened, .accountChanged, .agentRemoved, .appInstalled, .appUninstalled, .fieldDefined,
            .fieldChanged, .fieldRemoved, .tenantAuthorized, .tenantAuthorizationFailed, .tenantReauthorized,
            .tenantDisabled, .tenantEnabled, .tenantDeleted, .mappingChanged, .selectionChanged, .inclusionChanged,
            .fullReadDaysChanged, .overwriteChanged, .accountEmailChanged, .contactSyncEnabled, .contactSyncDisabled,
            .syncStarted, .pageRead, .userRemoved, .selectionRead, .tenantReadFailed, .syncCompleted, .syncFailed,
            .syncInterrupted, .helpDeskChanged, .requestsReserved, .helpDeskThrottled, .contactsRead, .contactRemoved,
            .mailServerChanged, .mailTemplateChanged, .accountEmailSent, .checkpointSigned, .personErased,
            .guardChanged,
            .tenantHeld, .syncApproved, .recordsUnconcerned, .noticeRaised, .noticeCleared, .noticeDelivered,
            .noticeUndelivered, .noticeWebhookChanged:
            self
        }
    }
}

extension Contact {
    fileprivate var redacted: Contact { Contact(id: id, email: "", name: "") }
}

extension NoticeRecipients {
    /// Nobody's address: what is erased once cannot lose another one later.
    fileprivate var redacted: NoticeRecipients {
        NoticeRecipients(admins: admins, addresses: addresses.map { Address(number: $0.number, email: "") })
    }
}

extension ContactUpdated {
    fileprivate var redacted: ContactUpdated {
        ContactUpdated(contact: contact, adopts: adopts, changes: changes.map(\.redacted))
    }
}

extension ContactChange {
    /// An address that was given up is free from there on.
    fileprivate var redacted: ContactChange {
        switch field {
        case .email, .name: ContactChange(field, old: nil, new: .text(""))
        case .phone, .custom: ContactChange(field, old: nil, new: nil)
        }
    }
}

extension Reason {
    fileprivate var redacted: Reason {
        switch self {
        case .emailInvalid(let property, _): .emailInvalid(property: property, value: "")
        case .mismatch(let property, let type, _, let field, let fieldType):
            .mismatch(property: property, type: type, value: "", field: field, fieldType: fieldType)
        case .notAChoice(let property, _, let field, let choices):
            .notAChoice(property: property, value: "", field: field, choices: choices)
        case .refused(let desk, _): .refused(by: desk, words: "")
        case .emailMissing, .nameMissing, .phoneEmpty, .requiredEmpty, .sameEmail, .emailTaken: self
        }
    }
}
