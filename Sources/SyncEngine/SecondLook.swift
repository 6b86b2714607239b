import ContactSync
import Journal
import Projections

/// What is decided apart from the pages: everybody after a change of settings or where a guard measures first, who was held
/// and is not any more, and who had failed and may not any more.
///
/// It comes after all reads of a sync. Whatever frees or takes an address leads at once to the failed records that have
/// it too, of whichever tenant: a chain of renames resolves itself, in whatever order Graph sent the users.
struct SecondLook {
    static let chunk = 500

    let run: SyncRun
    /// Those that were read to the end.
    let tenants: [TenantPlan]
    /// Is told how many users of a tenant were looked at.
    var progress: (TenantPlan, Int) -> Void = { _, _ in }
    /// Runs one chunk in a transaction of its own.
    let transact: (_ body: (Store.Transaction) throws -> Void) throws -> Void

    func callAsFunction() throws {
        for plan in decided { try pass(plan, .due) }
        // Where a sync is staged they all are due.
        for plan in tenants where plan.decidesAll && !run.isStaged { try pass(plan, .untouched(since: run.started)) }
        for plan in tenants { try pass(plan, .stale) }
    }

    /// With those of whom only some were read, where these are not decided with the pages.
    private var decided: [TenantPlan] { run.isStaged ? run.tenants : tenants }

    private func concerns(_ row: UsersTable.Row) -> Bool {
        guard let plan = decided.first(where: { $0.tenant.id == row.tenant }) else { return false }
        if let release = plan.release { return release.holds(row) }
        return row.lastEvent > run.started.rawValue || tenants.contains { $0.tenant.id == row.tenant }
    }

    private func pass(_ plan: TenantPlan, _ selection: UsersTable.Selection) throws {
        let rules = Dictionary(uniqueKeysWithValues: decided.map { ($0.tenant.id, $0.rules) })
        var last: Int64 = 0
        var (isDone, count) = (false, 0)
        while !isDone {
            try Task.checkCancellation()
            try transact { transaction in
                let decider = RecordDecider(
                    rules: rules, gone: run.gone, projector: transaction.projector, permit: run.permit)
                let rows = try transaction.projector.users.rows(
                    after: last, tenant: plan.tenant.id, selection, limit: SecondLook.chunk)
                for row in rows {
                    try settle(row.id, decider, transaction)
                    last = row.id
                }
                count += rows.count
                isDone = rows.count < SecondLook.chunk
            }
            if count > 0 { progress(plan, count) }
        }
    }

    /// Decides a user and then, one after another, those who wait for an address that this moved.
    private func settle(_ user: Int64, _ decider: RecordDecider, _ transaction: Store.Transaction) throws {
        var waiting = [user]
        while let next = waiting.popLast() {
            for address in try decide(next, decider, transaction) {
                waiting += try transaction.projector.users.wanting(address).map(\.id).reversed()
            }
        }
    }

    /// Returns the addresses that are free or taken by it.
    private func decide(_ user: Int64, _ decider: RecordDecider, _ transaction: Store.Transaction) throws -> [String] {
        let projector = transaction.projector
        guard let row = try projector.users.row(id: user), concerns(row),
            let object = try projector.object(of: row, journal: transaction.appender.db),
            let event = try decider.event(for: row, object)
        else { return [] }
        let moved: [String]
        switch RecordDecision(event) {
        case .create(let contact)?: moved = [contact.email]
        case .update(let updated)?:
            let before = try projector.contacts.row(updated.contact)
            moved = updated.addresses(before: before?.contact.email ?? "")
        case .fail?, nil: moved = []
        }
        try decider.record(event, of: row, transaction)
        return moved
    }
}
