import ContactSync
import EntraID
import GRDB
import Journal
import Projections

extension Syncer {
    func transact<T>(_ run: SyncRun, _ body: (Store.Transaction) throws -> T) throws -> T {
        try ledger.transact(Occasion(actor: run.actor, sync: run.number, time: now()), body)
    }

    /// Nil in a rehearsal, which is in nobody's way.
    func lock() throws -> SyncLock? {
        switch ledger {
        case .store(let store): try SyncLock(home: store.home)
        case .rehearsal: nil
        }
    }

    /// Records what an earlier sync left open.
    func closeInterrupted(actor: String) throws {
        try ledger.transact(Occasion(actor: actor, time: now())) { transaction in
            guard let log = try SyncLog.fetch(transaction.db), log.status == .running else { return }
            try transaction.append(
                .syncInterrupted(.init(totals: Tally.totals(transaction.db, log))), nil, sync: log.sync)
        }
    }

    /// Takes the snapshot, and records the start.
    ///
    /// - Parameter approvals: What an agent lets through, where the sync does nothing else.
    func start(
        _ trigger: Trigger, _ approvals: [SyncApproved] = [], actor: String, _ permit: Permit = .anything
    ) throws -> SyncRun {
        try ledger.transact(Occasion(actor: actor, time: now())) { transaction in
            guard try Installation.isAppInstalled(transaction.db) else { throw SyncError.appNotInstalled }
            let number = (try SyncLog.fetch(transaction.db)?.sync ?? 0) + 1
            for approval in approvals {
                try check(approval, Installation.tenants(transaction.db))
                try transaction.append(.syncApproved(approval), .tenant(approval.tenant), sync: number)
            }
            let all = try Installation.tenants(transaction.db)
            let tenants = all.filter { tenant in
                tenant.isActive && tenant.settings.contactSync
                    && (approvals.isEmpty || approvals.contains { $0.tenant == tenant.id })
            }
            guard !tenants.isEmpty else { throw SyncError.nothingToSync }
            let fields = try Installation.fields(transaction.db)
            let isStaged = !approvals.isEmpty || tenants.contains { !$0.settings.guardLimits.isOff }
            let started = try transaction.append(
                .syncStarted(
                    .init(
                        trigger: trigger, engine: Syncer.engineVersion, tenants: tenants.map(\.id),
                        staged: isStaged ? true : nil)), nil, sync: number)
            let lost = all.filter { $0.isLost && !$0.isActive && $0.settings.contactSync }
            return SyncRun(
                number: number, actor: actor, started: started,
                tenants: tenants.map { TenantPlan(tenant: $0, fields: fields, sync: number) }, fields: fields,
                lost: approvals.isEmpty ? lost : [], gone: Set(all.filter(\.isDeleted).map(\.id)), isStaged: isStaged,
                permit: permit)
        }
    }

    /// One page, one transaction. A page is decoded before the transaction begins.
    func take(_ page: UsersPage, _ intake: inout PageIntake, _ run: SyncRun) throws {
        try Task.checkCancellation()
        let users = try page.objects.map { range in
            do {
                return try UserObject(Array(page.body[range]))
            } catch {
                throw EntraError(.unexpected, "graph sent an entry that is no user", requestID: page.requestID)
            }
        }
        let tenant = intake.plan.tenant
        let isAgain = intake.extent == .full && tenant.fullReadAt != nil
        var expected: Int?
        try transact(run) { transaction in
            try intake.take(users, strays: page.strays, requestID: page.requestID, run, transaction)
            if !isAgain { return }
            let standing = try Tally.standing(transaction.db, of: tenant.id)
            expected = standing.synced + standing.failed
        }
        progress(
            SyncProgress(tenant: tenant.domain, users: intake.objects, expected: expected, pages: intake.pages))
    }

    func tellDeciding(_ plan: TenantPlan, _ users: Int) {
        progress(SyncProgress(tenant: plan.tenant.domain, step: .deciding, users: users))
    }

    /// The read is complete: who was not in a full one is gone, and the next round begins at its link.
    func conclude(
        _ intake: PageIntake, _ run: SyncRun, deltaLink: String?, reason: SelectionRead.Reason?
    ) throws {
        // Everybody else's record stands; but nothing may be concluded from such a read, nor the next one begin behind it.
        if intake.nameless > 0 { throw EntraError.nameless(intake.nameless) }
        if intake.extent == .full { try removeMissing(intake, run) }
        try transact(run) { transaction in
            let tenant = intake.plan.tenant
            try transaction.append(
                .selectionRead(
                    .init(
                        tenant: tenant.id, extent: intake.extent, objects: intake.objects,
                        properties: intake.extent == .full ? intake.plan.properties : tenant.properties,
                        deltaLink: deltaLink, reason: reason)), .tenant(tenant.id))
        }
    }

    private func removeMissing(_ intake: PageIntake, _ run: SyncRun) throws {
        var last: Int64 = 0
        var isDone = false
        while !isDone {
            try Task.checkCancellation()
            try transact(run) { transaction in
                let rows = try transaction.projector.users.rows(
                    after: last, tenant: intake.plan.tenant.id, .everybody, limit: 2000)
                for row in rows where !intake.seen.contains(row.id) {
                    try transaction.append(.userRemoved(.init(cause: intake.plan.causeOfAbsence)), of: row)
                }
                last = rows.last?.id ?? last
                isDone = rows.count < 2000
            }
        }
    }

    /// A tenant that could not be read fails for itself; lost authorization switches it off.
    func note(_ error: EntraError, _ plan: TenantPlan, _ run: SyncRun) throws {
        try transact(run) { transaction in
            let tenant = plan.tenant.id
            try transaction.append(
                .tenantReadFailed(
                    .init(
                        tenant: tenant, reason: error.message, aadsts: error.aadsts, requestID: error.requestID,
                        advice: error.hints.first, mayPass: error.mayPass)),
                .tenant(tenant))
            guard try isLost(error, plan, transaction.db) else { return }
            try transaction.append(
                .tenantDisabled(
                    .init(
                        tenant: tenant, reason: error.message, aadsts: error.aadsts,
                        advice: advice(after: error))), .tenant(tenant))
        }
    }

    /// What brings back a tenant that was switched off.
    private func advice(after error: EntraError) -> String {
        guard let hint = error.hints.first else { return "authorize the tenant again" }
        return error.kind == .permissionMissing ? "\(hint), and authorize the tenant again" : hint
    }

    /// Whether Entra took back the authorization or the permission to read, and no admin has switched the tenant off or
    /// authorized it again while it was read.
    private func isLost(_ error: EntraError, _ plan: TenantPlan, _ db: Database) throws -> Bool {
        let isTakenBack = error.kind == .permissionMissing && error.status == 403 && plan.wasReadable(at: now())
        guard error.kind == .authorizationRefused || isTakenBack else { return false }
        let tenant = try Installation.tenants(db).first { $0.id == plan.tenant.id }
        return tenant?.isActive == true && tenant?.authorizedAt == plan.tenant.authorizedAt
    }

    /// - Parameter trouble: What kept the sync from the help desk.
    func finish(_ run: SyncRun, _ failures: [String], _ trouble: HelpDeskTrouble? = nil) throws -> SyncLog {
        let failures = failures + (trouble.map { [$0.reason] } ?? [])
        return try transact(run) { transaction in
            guard let begun = try SyncLog.fetch(transaction.db) else {
                throw JournalError.broken("a sync without a log")
            }
            let totals = try Tally.totals(transaction.db, begun, hasUnreached: trouble != nil)
            let end =
                failures.isEmpty
                ? Event.syncCompleted(.init(totals: totals))
                : .syncFailed(
                    .init(reason: failures.joined(separator: "; "), totals: totals, helpDesk: trouble))
            try transaction.append(end, nil)
            guard let log = try SyncLog.fetch(transaction.db) else { throw JournalError.broken("a sync without a log") }
            return log
        }
    }
}

extension EntraError {
    /// Whether the next sync may find the trouble gone without anybody's doing.
    fileprivate var mayPass: Bool {
        switch kind {
        case .unavailable, .syncStateLost, .pageExpired: true
        case .authorizationRefused, .permissionMissing, .unexpected: false
        }
    }
}
