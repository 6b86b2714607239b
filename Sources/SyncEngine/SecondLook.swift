import ContactSync
import Journal
import Projections

/// What is decided apart from the pages: everybody after a change of settings, and who had failed, every time.
///
/// Failed records are looked at until nothing moves: a chain of renames frees its addresses one after another,
/// in whatever order Graph sent the users.
struct SecondLook {
    static let chunk = 500
    private static let mostRounds = 8

    let plan: TenantPlan
    /// Where the sync began: who was touched since has been decided by its settings.
    let started: Position

    /// `transact` runs one chunk in a transaction of its own.
    func run(_ transact: (_ body: (Store.Transaction) throws -> Void) throws -> Void) throws {
        if plan.decidesAll { _ = try pass(.untouched(since: started), transact) }
        for _ in 0..<SecondLook.mostRounds where try pass(.failed, transact) == 0 { return }
    }

    /// Returns how many records came out of a failure.
    private func pass(
        _ selection: UsersTable.Selection, _ transact: (_ body: (Store.Transaction) throws -> Void) throws -> Void
    ) throws -> Int {
        var healed = 0
        var last: Int64 = 0
        var isDone = false
        while !isDone {
            try transact { transaction in
                let decider = RecordDecider(rules: plan.rules, projector: transaction.projector)
                let rows = try transaction.projector.users.rows(
                    after: last, tenant: plan.tenant.id, selection, limit: SecondLook.chunk)
                for row in rows {
                    if try decide(row, decider, transaction) { healed += 1 }
                    last = row.id
                }
                isDone = rows.count < SecondLook.chunk
            }
        }
        return healed
    }

    private func decide(
        _ row: UsersTable.Row, _ decider: RecordDecider, _ transaction: Store.Transaction
    ) throws -> Bool {
        guard let user = try transaction.projector.object(of: row, journal: transaction.appender.db),
            let event = try decider.event(for: row, user)
        else { return false }
        try transaction.append(event, of: row)
        if case .contactFailed = event { return false }
        return row.outcome == .failed
    }
}
