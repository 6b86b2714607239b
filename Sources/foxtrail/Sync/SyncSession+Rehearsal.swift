import ContactSync
import GRDB
import Journal
import Projections
import SyncEngine

/// A plan that holds, and what of the help desk's limits finding that out has used up.
struct CheckedPlan {
    let decisions: PlannedDecisions
    let recentRequests: [RecentRequest]
}

/// Syncs that are only tried, and plans made of them.
extension SyncSession {
    func rehearse(_ rehearsal: Rehearsal) async throws -> SyncLog {
        try await run(.rehearsal(rehearsal)) { try await $0.run(.manual, actor: "foxtrail") }
    }

    func plan(of rehearsal: Rehearsal) throws -> SyncPlan {
        let models = try global.readModels()
        let origin = try models.journal.read { try JournalReader.origin($0) }
        return try SyncPlan(rehearsal, origin: origin, at: Clock.now())
    }

    /// Decides again, and refuses where anything has moved since the plan was made. Nil where no plan is named.
    func checked(plan path: String?) async throws -> CheckedPlan? {
        guard let path else { return nil }
        _ = try global.permittedActor()
        let plan = try PlanFile(path: path).read()
        try checkJournal(plan)
        let rehearsal = try Rehearsal(global.readModels())
        let log = try await rehearse(rehearsal)
        try conclude(preview: log, rehearsal)
        let found = try PlanCheck.disagreements(of: plan, with: rehearsal)
        if found.count > 0 { throw PlanCheck.failure(found) }
        return CheckedPlan(
            decisions: PlannedDecisions(plan), recentRequests: try rehearsal.read { try RecentRequests.fetch($0) })
    }

    private func checkJournal(_ plan: SyncPlan) throws {
        let models = try global.readModels()
        guard let moved = try models.journal.read({ try PlanCheck.moved(since: plan.head, $0) }) else { return }
        throw try models.read { db in
            let tenants = try Installation.tenants(db)
            return moved.failure { actor in
                let number = actor.hasPrefix("agent:") ? Int64(actor.dropFirst("agent:".count)) : nil
                return number.flatMap { try? Installation.agentEmail($0, db) } ?? actor
            } tenant: { id in
                tenants.first { $0.id == id }?.domain ?? id.rawValue
            }
        }
    }

    /// A preview that is not of everything says so.
    func conclude(preview log: SyncLog, _ rehearsal: Rehearsal) throws {
        guard log.status == .failed else { return }
        let code: ExitCode = log.helpDesk?.isRefused == true ? .notPermitted : .remoteUnavailable
        throw Failure(
            code, "not everything could be read: \(log.reason ?? "")",
            advice(log, try rehearsal.read { try Installation.tenants($0) }) + ["nothing was written"])
    }
}
