package import ContactSync
import EntraID
import GRDB
import Journal
package import Projections

extension Syncer {
    /// Measures what the sync would change, and holds the tenants whose guard does not let that through: what was read of
    /// them stands, and nothing is decided. An agent who approves is not asked twice, nor one who applies a plan. In a
    /// rehearsal it is noted, and decided all the same: that is what somebody wants to see.
    func hold(_ run: SyncRun, _ complete: [TenantPlan]) throws -> [TenantHeld] {
        if case .planned = run.permit { return [] }
        let held = try measure(run, complete)
        return ledger.isRehearsal ? [] : held
    }

    private func measure(_ run: SyncRun, _ complete: [TenantPlan]) throws -> [TenantHeld] {
        try run.tenants.compactMap { plan in
            guard plan.release == nil, !plan.tenant.settings.guardLimits.isOff,
                // The first contacts are a share of nothing.
                try transact(run, { try plan.tenant.hasContacts($0.db) })
            else { return nil }
            var count = ChangeCount(
                plan: plan, started: run.started, isRead: complete.contains { $0.tenant.id == plan.tenant.id },
                gone: run.gone)
            try count.count { body in
                try Task.checkCancellation()
                try transact(run) { try body($0.projector, $0.appender.db) }
            }
            let held = try transact(run) { transaction in
                let held = try count.held(transaction.projector)
                if let held { try transaction.append(.tenantHeld(held), .tenant(plan.tenant.id)) }
                return held
            }
            if held != nil { try spareUnconcerned(plan, run) }
            return held
        }
    }

    /// After an edit everybody is due; whom it does not concern is not held for it.
    private func spareUnconcerned(_ plan: TenantPlan, _ run: SyncRun) throws {
        var last: Int64 = 0
        var isDone = false
        while !isDone {
            try transact(run) { transaction in
                let decider = RecordDecider(
                    rules: [plan.tenant.id: plan.rules], gone: run.gone, projector: transaction.projector)
                let rows = try transaction.projector.users.rows(
                    after: last, tenant: plan.tenant.id, .due, limit: SecondLook.chunk)
                let users = try rows.filter { try decider.isSettled($0, transaction.appender.db) }.map(\.objectID)
                if !users.isEmpty {
                    try transaction.append(
                        .recordsUnconcerned(.init(tenant: plan.tenant.id, users: users)), .tenant(plan.tenant.id))
                }
                last = rows.last?.id ?? last
                isDone = rows.count < SecondLook.chunk
            }
        }
    }

    /// Lets through what was held of tenants, in a sync that reads nothing: nobody comes in who was not measured.
    package func approve(_ approvals: [SyncApproved], actor: String) async throws -> SyncLog {
        try await alone(actor) { try start(.approved, approvals, actor: actor) }
    }

    /// What was approved must still be what is held.
    func check(_ approval: SyncApproved, _ tenants: [Tenant]) throws {
        guard let tenant = tenants.first(where: { $0.id == approval.tenant }), let hold = tenant.hold,
            hold.sync == approval.held
        else { throw SyncError.nothingHeld(approval.tenant) }
        if tenant.settingsAt > hold.since { throw SyncError.changedSinceHold(approval.tenant, sync: hold.sync) }
    }
}

extension RecordDecider {
    /// Whether the user has a contact that says what it is to say.
    func isSettled(_ row: UsersTable.Row, _ journal: Database) throws -> Bool {
        guard row.outcome == .synced, try projector.helpDesk.pendingWrite(of: row.id) == nil else { return false }
        return try event(for: row, journal: journal) == nil
    }
}

extension TenantHeld {
    func reason(_ plan: TenantPlan?) -> String {
        "\(plan?.tenant.domain ?? tenant.rawValue): held: \(extent): \(cause); nothing of this tenant was changed"
    }
}
