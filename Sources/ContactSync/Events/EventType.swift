/// The name of an event in the journal. Names are never changed and never used again.
package enum EventType: String, CaseIterable, Sendable {
    case accountOpened, accountChanged, agentAdded, agentChanged, agentRemoved, appInstalled, appUninstalled
    case fieldDefined, fieldChanged, fieldRemoved
    case tenantAuthorized, tenantAuthorizationFailed, tenantReauthorized, tenantDisabled, tenantEnabled, tenantDeleted
    case mappingChanged, selectionChanged, inclusionChanged, overwriteChanged, accountEmailChanged, fullReadDaysChanged
    case contactSyncEnabled, contactSyncDisabled
    case syncStarted, pageRead, userFetched, userChanged, userRemoved, selectionRead, tenantReadFailed
    case guardChanged, tenantHeld, recordsUnconcerned, syncApproved
    case syncCompleted, syncFailed, syncInterrupted
    case contactCreated, contactUpdated, contactFailed, contactAdded
    case helpDeskChanged, requestsReserved, helpDeskThrottled, contactRead, contactsRead, contactRemoved
    case contactWriteRequested, contactWriteAbandoned, contactParkRequested
    case mailServerChanged, mailTemplateChanged, accountEmailRequested, accountEmailSent, accountEmailFailed
    case noticeRecipientsChanged, noticeWebhookChanged, noticeRaised, noticeCleared, noticeDelivered, noticeUndelivered
    case checkpointSigned, personErased
}

extension Event {
    package var type: EventType {
        switch self {
        case .accountOpened: .accountOpened
        case .accountChanged: .accountChanged
        case .agentAdded: .agentAdded
        case .agentChanged: .agentChanged
        case .agentRemoved: .agentRemoved
        case .appInstalled: .appInstalled
        case .appUninstalled: .appUninstalled
        case .fieldDefined: .fieldDefined
        case .fieldChanged: .fieldChanged
        case .fieldRemoved: .fieldRemoved
        case .tenantAuthorized: .tenantAuthorized
        case .tenantAuthorizationFailed: .tenantAuthorizationFailed
        case .tenantReauthorized: .tenantReauthorized
        case .tenantDisabled: .tenantDisabled
        case .tenantEnabled: .tenantEnabled
        case .tenantDeleted: .tenantDeleted
        case .mappingChanged: .mappingChanged
        case .selectionChanged: .selectionChanged
        case .inclusionChanged: .inclusionChanged
        case .fullReadDaysChanged: .fullReadDaysChanged
        case .overwriteChanged: .overwriteChanged
        case .accountEmailChanged: .accountEmailChanged
        case .guardChanged: .guardChanged
        case .contactSyncEnabled: .contactSyncEnabled
        case .contactSyncDisabled: .contactSyncDisabled
        case .syncStarted: .syncStarted
        case .pageRead: .pageRead
        case .userFetched: .userFetched
        case .userChanged: .userChanged
        case .userRemoved: .userRemoved
        case .selectionRead: .selectionRead
        case .tenantReadFailed: .tenantReadFailed
        case .tenantHeld: .tenantHeld
        case .recordsUnconcerned: .recordsUnconcerned
        case .syncApproved: .syncApproved
        case .syncCompleted: .syncCompleted
        case .syncFailed: .syncFailed
        case .syncInterrupted: .syncInterrupted
        case .contactCreated: .contactCreated
        case .contactUpdated: .contactUpdated
        case .contactFailed: .contactFailed
        case .contactAdded: .contactAdded
        case .helpDeskChanged: .helpDeskChanged
        case .requestsReserved: .requestsReserved
        case .helpDeskThrottled: .helpDeskThrottled
        case .contactRead: .contactRead
        case .contactsRead: .contactsRead
        case .contactRemoved: .contactRemoved
        case .contactWriteRequested: .contactWriteRequested
        case .contactWriteAbandoned: .contactWriteAbandoned
        case .contactParkRequested: .contactParkRequested
        case .mailServerChanged: .mailServerChanged
        case .mailTemplateChanged: .mailTemplateChanged
        case .accountEmailRequested: .accountEmailRequested
        case .accountEmailSent: .accountEmailSent
        case .accountEmailFailed: .accountEmailFailed
        case .noticeRaised: .noticeRaised
        case .noticeCleared: .noticeCleared
        case .noticeDelivered: .noticeDelivered
        case .noticeUndelivered: .noticeUndelivered
        case .noticeRecipientsChanged: .noticeRecipientsChanged
        case .noticeWebhookChanged: .noticeWebhookChanged
        case .checkpointSigned: .checkpointSigned
        case .personErased: .personErased
        }
    }

    /// Raised when what an event's data holds changes in a way that an older reader would misread.
    package static let version = 1
}
