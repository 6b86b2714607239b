package import ContactSync
package import EntraID
import HappyFox
import Journal
package import Projections

/// Runs syncs. This file is the whole flow: lock, snapshot, read and decide each tenant, hold what is too much, look again,
/// tell the end, write to new contacts.
package struct Syncer {
    /// Raised when the same inputs could lead to other decisions.
    package static let engineVersion = 2

    let ledger: Ledger
    let connect: (Tenant) throws -> EntraClient
    let helpDesk: HelpDeskConnection?
    let now: () -> Int64
    let progress: (SyncProgress) -> Void
    let began: (Int64) -> Void
    let mailing: Mailing
    /// What of the help desk's limits may be used up, where that is known better than by the journal.
    let recentRequests: [RecentRequest]?

    /// - Parameters:
    ///   - ledger: A rehearsal asks the same, decides the same, and writes nothing anywhere.
    ///   - helpDesk: How a help desk elsewhere is reached; nobody else needs it.
    ///   - recentRequests: What a rehearsal has asked the help desk just before is in no journal.
    ///   - mailing: The way to the mail server; nothing is sent without one.
    ///   - began: Called with the number of the sync, once its start is recorded.
    package init(
        ledger: Ledger, connect: @escaping (Tenant) throws -> EntraClient, helpDesk: HelpDeskConnection? = nil,
        mailing: Mailing = .none, recentRequests: [RecentRequest]? = nil,
        now: @escaping () -> Int64, began: @escaping (Int64) -> Void = { _ in },
        progress: @escaping (SyncProgress) -> Void
    ) {
        self.ledger = ledger
        self.connect = connect
        self.helpDesk = helpDesk
        self.now = now
        self.progress = progress
        self.began = began
        self.mailing = mailing
        self.recentRequests = recentRequests
    }

    /// Runs one sync over all active tenants and returns its log. One at a time for each home directory.
    package func run(_ trigger: Trigger, actor: String, permit: Permit = .anything) async throws -> SyncLog {
        try await alone(actor) { try start(trigger, actor: actor, permit) }
    }

    /// Runs the sync that the schedule asks for; throws `SyncError.notDue` where another process has done so meanwhile.
    ///
    /// - Parameter time: The present, in milliseconds since 1970, as far as the schedule is concerned.
    package func runDue(at time: Int64, actor: String) async throws -> SyncLog {
        try await alone(actor) {
            try ledger.transact(Occasion(actor: actor, time: now())) { transaction in
                let schedule = try Schedule(transaction.db, now: time)
                // With the lock in hand nothing else runs.
                guard schedule.due(at: time, isSyncing: false) != nil else { throw SyncError.notDue }
            }
            return try start(.schedule, actor: actor)
        }
    }

    /// Runs the sync that `start` begins, with the lock of syncs; one that is cancelled is recorded as interrupted.
    func alone(_ actor: String, _ start: () throws -> SyncRun) async throws -> SyncLog {
        let lock = try lock()
        defer { lock?.release() }
        try closeInterrupted(actor: actor)
        do {
            let desk = try await openHelpDesk(actor: actor)
            let begun = try start()
            began(begun.number)
            return try await run(begun, desk)
        } catch let error as CancellationError {
            try closeInterrupted(actor: actor)
            throw error
        }
    }

    private func run(_ run: SyncRun, _ desk: OpenHelpDesk) async throws -> SyncLog {
        let log = try await syncContacts(run, desk)
        if ledger.isRehearsal { return log }
        // The contacts are durable and the sync is over: no mail server can change how it came out.
        try await MailRun(run: run, mailing: mailing, now: now) { try transact(run, $0) }()
        return log
    }

    private func syncContacts(_ run: SyncRun, _ desk: OpenHelpDesk) async throws -> SyncLog {
        if case .unreachable(let error) = desk { return try finish(run, [], error.recorded) }
        var failures = run.lost.map { "\($0.domain): disabled: \($0.reason ?? "")" }
        var complete = run.tenants.filter { $0.release != nil }
        for plan in run.tenants where plan.release == nil {
            do {
                try await TenantReader(syncer: self, plan: plan, run: run, client: connect(plan.tenant)).read()
                complete.append(plan)
            } catch let error as EntraError {
                try note(error, plan, run)
                failures.append("\(plan.tenant.domain): \(error.message)")
            }
        }
        let held = try hold(run, complete)
        failures += held.map { held in held.reason(run.tenants.first { $0.tenant.id == held.tenant }) }
        complete.removeAll { plan in held.contains { $0.tenant == plan.tenant.id } }
        do {
            try await settle(run.without(held), complete, desk)
            return try finish(run, failures)
        } catch let error as HappyFoxError {
            return try finish(run, failures, error.recorded)
        } catch let error as EntraError {
            return try leave(run, complete, desk, error, failures)
        }
    }

    /// Read to the end, and not decided to the end: the next sync decides what this one's plan did not hold.
    private func leave(
        _ run: SyncRun, _ complete: [TenantPlan], _ desk: OpenHelpDesk, _ error: EntraError, _ failures: [String]
    ) throws -> SyncLog {
        if case .open = desk {
            let trouble = HelpDeskTrouble(
                reason: error.message, isRefused: false, advice: error.hints, isUnplanned: true)
            return try finish(run, failures, trouble)
        }
        for plan in complete { try note(error, plan, run) }
        return try finish(run, failures + [error.message])
    }

    /// What is decided after all reads: everything where contacts live elsewhere, and what moved otherwise.
    private func settle(_ run: SyncRun, _ complete: [TenantPlan], _ desk: OpenHelpDesk) async throws {
        if case .open(let desk) = desk { return try await tell(desk, run, complete) }
        let lookAgain = SecondLook(run: run, tenants: complete, progress: tellDeciding) { try transact(run, $0) }
        try lookAgain()
    }
}
