package import ContactSync
package import EntraID
import Journal
package import Projections

/// Runs syncs. This file is the whole flow: lock, snapshot, read and decide each tenant, look again, tell the end.
package struct Syncer {
    /// Raised when the same inputs could lead to other decisions.
    package static let engineVersion = 1

    let store: Store
    let connect: (Tenant) throws -> EntraClient
    let now: () -> Int64
    let progress: (SyncProgress) -> Void

    package init(
        store: Store, connect: @escaping (Tenant) throws -> EntraClient,
        now: @escaping () -> Int64, progress: @escaping (SyncProgress) -> Void
    ) {
        self.store = store
        self.connect = connect
        self.now = now
        self.progress = progress
    }

    /// Runs one sync over all active tenants and returns its log. One at a time for each home directory.
    package func run(_ trigger: Trigger, actor: String) async throws -> SyncLog {
        let lock = try SyncLock(home: store.home)
        defer { lock.release() }
        let run = try start(trigger, actor: actor)
        var failures: [String] = []
        var complete: [TenantPlan] = []
        for plan in run.tenants {
            do {
                try await read(plan, run)
                complete.append(plan)
            } catch let error as EntraError {
                try note(error, plan, run)
                failures.append("\(plan.tenant.domain): \(error.message)")
            }
        }
        let lookAgain = SecondLook(run: run, tenants: complete) { try transact(run, $0) }
        try lookAgain()
        return try finish(run, failures)
    }

    /// Reads one tenant to the end: the next page is fetched while this one is worked on.
    private func read(_ plan: TenantPlan, _ run: SyncRun) async throws {
        let client = try connect(plan.tenant)
        do {
            try await read(plan, run, client, from: plan.deltaLink)
        } catch let error as EntraError where error.kind == .syncStateLost && plan.deltaLink != nil {
            try await read(plan, run, client, from: nil)
        }
    }

    private func read(_ plan: TenantPlan, _ run: SyncRun, _ client: EntraClient, from link: String?) async throws {
        var intake = PageIntake(plan: plan, extent: link == nil ? .full : .changes)
        var visited: Set<String> = []
        var page = try await client.usersPage(link.map(UsersLink.next) ?? .deltaStart(select: plan.properties))
        while case .next(let next) = page.end {
            guard visited.insert(next).inserted else { throw EntraError.repeatedLink }
            async let following = client.usersPage(.next(next))
            try take(page, &intake, run)
            page = try await following
        }
        guard case .delta(let deltaLink) = page.end else { throw EntraError.incompleteRound }
        try take(page, &intake, run)
        try conclude(intake, run, deltaLink: deltaLink)
    }
}
