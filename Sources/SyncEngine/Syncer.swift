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
        try closeInterrupted(actor: actor)
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

    /// Reads one tenant to the end, from where the last read ended if Graph still knows that.
    private func read(_ plan: TenantPlan, _ run: SyncRun) async throws {
        let client = try connect(plan.tenant)
        do {
            if let link = plan.deltaLink, let first = try await firstPage(behind: link, client) {
                return try await read(plan, run, client, .changes, from: first)
            }
        } catch let error as EntraError where error.kind == .syncStateLost || error.kind == .pageExpired {
            // Lost in the middle of a round: begin again.
        }
        let first = try await client.usersPage(.deltaStart(select: plan.properties))
        try await read(plan, run, client, .full, from: first)
    }

    /// Nil where the link is worth nothing any more, whatever Graph says for it: no link may lock a tenant out.
    private func firstPage(behind link: String, _ client: EntraClient) async throws -> UsersPage? {
        do {
            return try await client.usersPage(.next(link))
        } catch let error as EntraError {
            let isRefused = error.status.map { [400, 404, 410].contains($0) } ?? false
            guard isRefused || error.kind == .syncStateLost || error.kind == .pageExpired else { throw error }
            return nil
        }
    }

    /// The next page is fetched while this one is worked on.
    private func read(
        _ plan: TenantPlan, _ run: SyncRun, _ client: EntraClient, _ extent: SelectionRead.Extent, from first: UsersPage
    ) async throws {
        var intake = PageIntake(plan: plan, extent: extent)
        // Only their hashes: a million users make ten thousand long links.
        var visited: Set<Int> = []
        var page = first
        while case .next(let next) = page.end {
            guard visited.insert(next.hashValue).inserted else { throw EntraError.repeatedLink }
            async let following = client.usersPage(.next(next))
            try take(page, &intake, run)
            page = try await following
        }
        guard case .delta(let deltaLink) = page.end else { throw EntraError.incompleteRound }
        try take(page, &intake, run)
        try conclude(intake, run, deltaLink: deltaLink)
    }
}
