/// Everything that can happen, as it stands in the journal.
///
/// Adding a case breaks the build in `EventType` (its name), `Event+Data` (its bytes) and each projection's switch:
/// there someone must think, and nowhere else.
package enum Event: Sendable {
    // The installation
    case accountOpened(AccountOpened)
    case accountChanged(AccountChanged)
    case agentAdded(AgentAdded)
    case agentChanged(AgentChanged)
    case agentRemoved(AgentRemoved)
    case appInstalled
    case appUninstalled
    case fieldDefined(FieldDefinition)
    case fieldChanged(FieldDefinition)
    case fieldRemoved(FieldRemoved)

    // Tenants and their settings
    case tenantAuthorized(TenantAuthorized)
    case tenantAuthorizationFailed(TenantAuthorizationFailed)
    case tenantReauthorized(TenantAuthorized)
    case tenantDisabled(TenantDisabled)
    case tenantEnabled(TenantNamed)
    /// Its contacts and its history stay.
    case tenantDeleted(TenantNamed)
    case mappingChanged(MappingChanged)
    case selectionChanged(SelectionChanged)
    case inclusionChanged(InclusionChanged)
    case fullReadDaysChanged(FullReadDaysChanged)
    case overwriteChanged(SwitchChanged)
    case accountEmailChanged(SwitchChanged)
    case guardChanged(GuardChanged)
    case contactSyncEnabled(TenantNamed)
    case contactSyncDisabled(TenantNamed)

    // A sync and what it read
    case syncStarted(SyncStarted)
    /// A page of users was read whole; the users in it that said something new follow.
    case pageRead(PageRead)
    /// A user as Graph sent it: replaces what was known of the user.
    case userFetched(UserObject)
    /// What a delta round said of a user without saying everything: laid over what was known.
    case userChanged(UserObject)
    /// The user is gone: Graph said so, or a complete read did not contain the user.
    case userRemoved(UserRemoved)
    /// All users of the tenant were read to the end: only now may something be concluded from who is missing.
    case selectionRead(SelectionRead)
    /// The tenant could not be read to the end. Its contacts stand as they are.
    case tenantReadFailed(TenantReadFailed)
    case tenantHeld(TenantHeld)
    case recordsUnconcerned(RecordsUnconcerned)
    case syncApproved(SyncApproved)
    case syncCompleted(SyncCompleted)
    case syncFailed(SyncFailed)
    /// A sync that started never came to its end; found by the next one.
    case syncInterrupted(SyncInterrupted)

    // Contacts
    case contactCreated(ContactCreated)
    case contactUpdated(ContactUpdated)
    case contactFailed(ContactFailed)
    /// An agent added a contact by hand.
    case contactAdded(ContactAdded)

    // A help desk elsewhere
    case helpDeskChanged(HelpDeskChanged)
    case requestsReserved(RequestsReserved)
    case helpDeskThrottled(HelpDeskThrottled)
    /// The help desk holds something else of a contact than was known.
    case contactRead(ContactRead)
    case contactsRead(ContactsRead)
    case contactRemoved(ContactRemoved)
    /// What a record was decided to be; the outcome follows when the help desk has answered.
    case contactWriteRequested(ContactWriteRequested)
    case contactWriteAbandoned(ContactWriteAbandoned)
    case contactParkRequested(ContactParkRequested)

    // Account e-mails
    case mailServerChanged(MailServerChanged)
    case mailTemplateChanged(MailTemplateChanged)
    case accountEmailRequested(AccountEmailRequested)
    case accountEmailSent(AccountEmailSent)
    case accountEmailFailed(AccountEmailFailed)

    // Notices to admins
    case noticeRecipientsChanged(NoticeRecipientsChanged)
    case noticeWebhookChanged(NoticeWebhookChanged)
    case noticeRaised(NoticeRaised)
    case noticeCleared(NoticeCleared)
    case noticeDelivered(NoticeDelivered)
    case noticeUndelivered(NoticeUndelivered)

    // The journal itself
    case checkpointSigned(CheckpointSigned)
    /// What else the journal says of the person is pseudonymous from here on, also where it stands before.
    case personErased(PersonErased)
}
