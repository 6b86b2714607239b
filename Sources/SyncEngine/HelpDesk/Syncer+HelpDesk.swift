import ContactSync
import HappyFox
import Journal
import Projections

/// The help desk as a sync finds it.
enum OpenHelpDesk {
    /// Contacts live in the journal.
    case embedded
    case open(Desk)
    case unreachable(HappyFoxError)

    struct Desk {
        let client: HappyFoxClient
        let budget: RequestBudget
        let connection: HelpDeskConnection
    }
}

extension Syncer {
    /// Takes over the custom fields before the snapshot is taken: a choice that was added there counts at once.
    func openHelpDesk(actor: String) async throws -> OpenHelpDesk {
        func record<T>(_ body: (Store.Transaction) throws -> T) throws -> T {
            try ledger.transact(Occasion(actor: actor, time: now()), body)
        }
        let (state, recent) = try record { (try HelpDeskState.fetch($0.db), try RecentRequests.fetch($0.db)) }
        guard state.desk.isRemote else { return .embedded }
        guard let helpDesk else { return .unreachable(HappyFoxError(.unexpected, "the help desk cannot be reached")) }
        let budget = RequestBudget(
            state: state, recent: recentRequests ?? recent, connection: helpDesk, now: now
        ) { event, sync in
            try record { _ = try $0.append(event, nil, sync: sync) }
        }
        do {
            let client = try helpDesk.client(state.desk, budget.gate)
            let fields = try await budget.timed { try await client.fields() }
            try record { _ = try FieldPull.take(fields, $0) }
            return .open(OpenHelpDesk.Desk(client: client, budget: budget, connection: helpDesk))
        } catch let error as HappyFoxError {
            return .unreachable(error)
        }
    }

    /// Writes what is due. What was done stands, however it ends.
    func tell(_ desk: OpenHelpDesk.Desk, _ run: SyncRun, _ complete: [TenantPlan]) async throws {
        desk.budget.sync = run.number
        let isFirst = try transact(run) { try HelpDeskState.fetch($0.db).contactsReadAt == nil }
        let view = HelpDeskView(
            client: desk.client, budget: desk.budget, fields: run.fields, now: now, progress: desk.connection.progress
        ) { try transact(run, $0) }
        let stage = HelpDeskStage(
            run: run, complete: complete, view: view,
            pace: HelpDeskPace(budget: desk.budget, connection: desk.connection, now: now),
            isRehearsal: ledger.isRehearsal
        ) { try transact(run, $0) }
        try await stage(isFirst: isFirst)
    }
}

extension HappyFoxError {
    var recorded: HelpDeskTrouble {
        HelpDeskTrouble(reason: message, isRefused: kind == .keyRefused, advice: hints)
    }
}
