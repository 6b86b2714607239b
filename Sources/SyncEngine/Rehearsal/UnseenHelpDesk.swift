import ContactSync
import Journal
import Projections

/// What `HelpDeskStage` would decide if the help desk held just what is known of it: nothing is looked at or sent.
struct UnseenHelpDesk {
    let run: SyncRun
    /// Those that were read to the end.
    let complete: [TenantPlan]
    let transact: (_ body: (Store.Transaction) throws -> Void) throws -> Void

    func callAsFunction() throws {
        try transact { transaction in
            let decider = RecordDecider(
                rules: Dictionary(uniqueKeysWithValues: run.tenants.map { ($0.tenant.id, $0.rules) }), gone: run.gone,
                projector: transaction.projector)
            for plan in run.tenants { _ = try pass(plan, .due, decider, transaction) }
            for plan in complete { _ = try pass(plan, .failed, decider, transaction) }
            var written = 1
            while written > 0 {
                written = 0
                for plan in run.tenants { written += try pass(plan, .due, decider, transaction) }
                for plan in complete { written += try pass(plan, .stale, decider, transaction) }
            }
        }
    }

    /// Returns how many contacts were written.
    private func pass(
        _ plan: TenantPlan, _ selection: UsersTable.Selection, _ decider: RecordDecider,
        _ transaction: Store.Transaction
    ) throws -> Int {
        let isComplete = complete.contains { $0.tenant.id == plan.tenant.id }
        // What was decided just now is not decided once more.
        let isOfFailed = if case .failed = selection { true } else { false }
        var written = 0
        try transaction.projector.users.each(of: plan.tenant.id, selection) { found in
            // Another's decision may have been about this one too.
            guard let row = try transaction.projector.users.row(id: found.id),
                isComplete || isTouched(row), !(isOfFailed && isTouched(row)),
                let event = try decider.event(for: row, journal: transaction.appender.db)
            else { return }
            try decider.record(event, of: row, transaction)
            guard case .contactWriteRequested(let write) = event,
                let asked = try transaction.projector.users.row(id: row.id)
            else { return }
            try transaction.append(write.carriedOut(transaction.projector).event, of: asked)
            written += 1
        }
        return written
    }

    private func isTouched(_ row: UsersTable.Row) -> Bool { row.lastEvent > run.started.rawValue }
}
