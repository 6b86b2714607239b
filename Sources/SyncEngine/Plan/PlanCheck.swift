package import ContactSync
package import GRDB
package import Journal
package import Projections

/// Whether what a plan was made of still holds.
package enum PlanCheck {
    /// Why a plan cannot be applied.
    package enum Moved: Equatable {
        case otherJournal
        /// The journal is an older copy, or goes on in another way.
        case otherHistory
        case otherEngine(Int)
        /// The first event since that may decide something.
        case event(Position, actor: String, Ground)
    }

    /// What decisions rest on.
    package enum Ground: Equatable {
        case account, app, helpDesk
        case settings(TenantID)
        /// Its authorization, and whether it is active.
        case tenant(TenantID)
        case field(String)
        case contact(ContactID)
        /// What a sync has read or decided.
        case records(sync: Int64?)
    }

    /// Nil where nothing in the journal stands against the plan.
    package static func moved(since plan: SyncPlan.Head, _ journal: Database) throws -> Moved? {
        if try JournalReader.origin(journal) != plan.origin { return .otherJournal }
        let root = try JournalReader.root(journal, size: Position(rawValue: plan.size))
        guard root?.description == plan.root else { return .otherHistory }
        if plan.engine != Syncer.engineVersion { return .otherEngine(plan.engine) }
        var moved: Moved?
        try JournalReader.scan(journal, from: plan.size + 1) { record in
            guard let event = try record.event(), let ground = ground(moved: event, record) else { return true }
            moved = .event(record.position, actor: record.actor, ground)
            return false
        }
        return moved
    }

    /// What an event has moved; nil for one that no decision depends on. A sync that found nothing new has moved nothing.
    private static func ground(moved event: Event, _ record: RecordedEvent) -> Ground? {
        switch event {
        case .checkpointSigned, .accountChanged, .agentAdded, .agentChanged, .agentRemoved, .tenantAuthorizationFailed,
            .mailServerChanged, .mailTemplateChanged, .accountEmailRequested, .accountEmailSent, .accountEmailFailed,
            .requestsReserved, .helpDeskThrottled, .syncStarted, .pageRead, .selectionRead, .tenantReadFailed,
            .syncCompleted, .syncFailed, .syncInterrupted, .contactsRead, .guardChanged, .tenantHeld,
            .syncApproved, .recordsUnconcerned, .noticeRaised, .noticeCleared, .noticeDelivered,
            .noticeUndelivered, .noticeRecipientsChanged, .noticeWebhookChanged:
            nil
        case .accountOpened: .account
        case .appInstalled, .appUninstalled: .app
        case .helpDeskChanged: .helpDesk
        case .fieldDefined(let field), .fieldChanged(let field): .field(field.name)
        case .fieldRemoved(let field): .field(field.name)
        case .tenantAuthorized(let tenant), .tenantReauthorized(let tenant): .tenant(tenant.tenant)
        case .tenantDisabled(let tenant): .tenant(tenant.tenant)
        case .tenantEnabled(let tenant), .tenantDeleted(let tenant): .tenant(tenant.tenant)
        case .mappingChanged(let changed): .settings(changed.tenant)
        case .selectionChanged(let changed): .settings(changed.tenant)
        case .inclusionChanged(let changed): .settings(changed.tenant)
        case .fullReadDaysChanged(let changed): .settings(changed.tenant)
        case .overwriteChanged(let changed), .accountEmailChanged(let changed): .settings(changed.tenant)
        case .contactSyncEnabled(let changed), .contactSyncDisabled(let changed): .settings(changed.tenant)
        case .contactAdded(let added): .contact(added.contact.id)
        case .contactRead(let read): .contact(read.contact.id)
        case .contactRemoved(let removed): .contact(removed.contact)
        case .contactParkRequested(let park): .contact(park.contact)
        case .userFetched, .userChanged, .userRemoved, .contactCreated, .contactUpdated, .contactFailed,
            .contactWriteRequested, .contactWriteAbandoned, .personErased:
            .records(sync: record.sync)
        }
    }

    /// Where a rehearsal of now decides otherwise than the plan.
    package struct Disagreement {
        package enum Kind: Sendable {
            /// The plan has something else, or nothing, for the user.
            case unplanned
            /// Of what was planned for the user nothing is left to do.
            case gone
        }
        package let user: UserKey
        package let email: String
        package let kind: Kind
    }

    /// The first of them, and how many there are.
    package static func disagreements(
        of plan: consuming SyncPlan, with rehearsal: Rehearsal, most: Int = 5
    ) throws -> (first: [Disagreement], count: Int) {
        var left = plan.takeHashes()
        var (first, count) = ([Disagreement](), 0)
        var unplanned: Set<UserKey> = []
        func note(_ disagreement: Disagreement) {
            count += 1
            if first.count < most { first.append(disagreement) }
        }
        try rehearsal.eachDecision { decision in
            if left.remove(try SyncPlan.Entry(decision).hash) != nil { return }
            guard unplanned.insert(decision.user.key).inserted else { return }
            note(Disagreement(user: decision.user.key, email: decision.email, kind: .unplanned))
        }
        if left.isEmpty { return (first, count) }
        // Who they are only the plan says, which is read once more for it.
        do {
            try plan.eachEntry { entry in
                guard left.remove(entry.hash) != nil, !unplanned.contains(entry.user) else { return }
                note(Disagreement(user: entry.user, email: entry.decision?.email ?? "", kind: .gone))
            }
        } catch is SyncPlan.FormatError {
            // It came through a pipe, which is read once: they are counted, and not named.
        }
        return (first, count + left.count)
    }
}
