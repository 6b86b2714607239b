import ContactSync
import Journal
import Projections

/// What one sync was told, taken in again: users and contacts as they were read, and what agents did meanwhile. What was
/// decided then is passed over.
struct RecordedInputs {
    private let run: SyncRun
    private let transaction: Store.Transaction
    private let decider: RecordDecider
    /// The tenants that were read to the end.
    private(set) var complete: Set<TenantID> = []
    /// The sync has come to its end.
    private(set) var isOver = false

    init(run: SyncRun, transaction: Store.Transaction) {
        self.run = run
        self.transaction = transaction
        decider = RecordDecider(
            rules: Dictionary(uniqueKeysWithValues: run.tenants.map { ($0.tenant.id, $0.rules) }), gone: run.gone,
            projector: transaction.projector)
    }

    mutating func take(_ record: RecordedEvent) throws {
        // Of who was erased nothing is known that could be decided upon.
        guard !record.isErased, let event = try record.event() else { return }
        guard record.sync == run.number else { return try takeAct(event, record) }
        switch event {
        case .userFetched, .userChanged: try take(event, record)
        case .userRemoved: try takeRemoval(event, record)
        case .contactRead(let read): try transaction.append(event, .contact(read.contact.id))
        case .contactRemoved(let removed): try transaction.append(event, .contact(removed.contact))
        case .selectionRead(let read):
            complete.insert(read.tenant)
            try transaction.append(event, .tenant(read.tenant))
        case .tenantReadFailed(let failed):
            complete.remove(failed.tenant)
            try transaction.append(event, .tenant(failed.tenant))
        case .syncCompleted, .syncFailed, .syncInterrupted: isOver = true
        // What was decided then, what became of it, and what no sync is told.
        case .accountOpened, .accountChanged, .agentAdded, .agentChanged, .agentRemoved, .appInstalled, .appUninstalled,
            .fieldDefined,
            .fieldChanged, .fieldRemoved, .tenantAuthorized, .tenantAuthorizationFailed, .tenantReauthorized,
            .tenantDisabled, .tenantEnabled, .tenantDeleted, .mappingChanged, .selectionChanged, .inclusionChanged,
            .fullReadDaysChanged, .overwriteChanged, .accountEmailChanged, .guardChanged, .contactSyncEnabled,
            .contactSyncDisabled, .syncStarted, .pageRead, .tenantHeld, .recordsUnconcerned, .syncApproved,
            .contactCreated, .contactUpdated, .contactFailed, .contactAdded, .helpDeskChanged, .requestsReserved,
            .helpDeskThrottled, .contactsRead, .contactWriteRequested, .contactWriteAbandoned, .contactParkRequested,
            .mailServerChanged, .mailTemplateChanged, .accountEmailRequested, .accountEmailSent, .accountEmailFailed,
            .noticeRecipientsChanged, .noticeWebhookChanged, .noticeRaised, .noticeCleared, .noticeDelivered,
            .noticeUndelivered, .checkpointSigned, .personErased:
            break
        }
    }

    /// Settings that were saved meanwhile were not this sync's: one sync has one snapshot.
    private func takeAct(_ event: Event, _ record: RecordedEvent) throws {
        guard case .contactAdded(let added) = event else { return }
        try transaction.append(event, .contact(added.contact.id))
    }

    private func takeRemoval(_ event: Event, _ record: RecordedEvent) throws {
        guard let key = record.subject.flatMap(Subject.user(in:)), let row = try decider.projector.users.row(key),
            !row.isRemoved
        else { return }
        try transaction.append(event, of: row)
    }

    private func take(_ event: Event, _ record: RecordedEvent) throws {
        guard let key = record.subject.flatMap(Subject.user(in:)) else { return }
        let projector = decider.projector
        let known = try projector.users.row(key)
        var whole: UserObject?
        if case .userFetched(let user) = event { whole = user }
        if case .userChanged(let changes) = event, let known {
            whole = try projector.object(of: known, journal: transaction.appender.db)?.overlaid(by: changes)
        }
        guard let whole, let plan = run.tenants.first(where: { $0.tenant.id == key.tenant }) else { return }
        let row = try transaction.append(fetched: event, of: key, known: known, whole: whole)
        guard plan.tenant.settings.include.holds(whole) else {
            return try transaction.append(.userRemoved(.init(cause: .unselected)), of: row)
        }
        // A help desk elsewhere, and where a guard measures first, is decided upon when all is read.
        if projector.decidesLater { return }
        if let decision = try decider.event(for: row, whole) { try decider.record(decision, of: row, transaction) }
    }
}
