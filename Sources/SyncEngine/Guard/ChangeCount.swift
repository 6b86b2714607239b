import ContactSync
import GRDB
import Journal
import Projections

/// How much of one tenant's contacts a sync would change, and why: asked of the code that then decides, before it does.
struct ChangeCount {
    private static let chunk = 500

    let plan: TenantPlan
    /// Where the sync began.
    let started: Position
    /// The tenant was read to the end; else only who was read is decided.
    let isRead: Bool
    let gone: Set<TenantID>
    private(set) var creates = 0
    private(set) var updates = 0
    private(set) var causes = TenantHeld.Causes()

    init(plan: TenantPlan, started: Position, isRead: Bool, gone: Set<TenantID>) {
        self.plan = plan
        self.started = started
        self.isRead = isRead
        self.gone = gone
    }

    /// Goes through everybody whom the sync may decide; each chunk is read in one transaction.
    mutating func count(_ reading: (_ body: (Projector, Database) throws -> Void) throws -> Void) throws {
        for selection in isRead ? [UsersTable.Selection.due, .stale] : [.due] {
            var last: Int64 = 0
            var isDone = false
            while !isDone {
                try Task.checkCancellation()
                try reading { projector, journal in
                    let rows = try projector.users.rows(
                        after: last, tenant: plan.tenant.id, selection, limit: ChangeCount.chunk)
                    for row in rows { try add(row, selection, projector, journal) }
                    last = rows.last?.id ?? last
                    isDone = rows.count < ChangeCount.chunk
                }
            }
        }
    }

    private mutating func add(
        _ row: UsersTable.Row, _ selection: UsersTable.Selection, _ projector: Projector, _ journal: Database
    ) throws {
        // Who is both is met as due.
        if case .stale = selection, row.isDue { return }
        guard isRead || row.lastEvent > started.rawValue,
            let change = try change(of: row, plan.rules, projector, journal)
        else { return }
        switch change {
        case .create: creates += 1
        case .update: updates += 1
        }
        if try isByEdit(row, projector, journal) {
            causes.settings += 1
        } else if row.outcome == .undecided, plan.tenant.edits.contains(where: { $0.edit.kind == .selection }) {
            causes.selection += 1
        } else {
            causes.entra += 1
        }
    }

    private enum Change {
        case create, update
    }

    private func change(
        of row: UsersTable.Row, _ rules: Rules, _ projector: Projector, _ journal: Database
    ) throws -> Change? {
        let decider = RecordDecider(rules: [plan.tenant.id: rules], gone: gone, projector: projector)
        switch try decider.event(for: row, journal: journal).flatMap(RecordDecision.init) {
        case .create?: return .create
        case .update(let update)?: return update.changes.isEmpty ? nil : .update
        case .fail?, nil: return nil
        }
    }

    /// Whether the record would stay as it is under the settings by which everybody was last decided.
    private func isByEdit(_ row: UsersTable.Row, _ projector: Projector, _ journal: Database) throws -> Bool {
        guard let before = plan.tenant.edits.first else { return false }
        let rules = Rules(settings: before.settings, fields: before.fields)
        return try change(of: row, rules, projector, journal) == nil
    }
}

extension ChangeCount {
    /// What the tenant's guard holds of it; nil where it lets everything through.
    func held(_ projector: Projector) throws -> TenantHeld? {
        guard max(creates, updates) >= GuardLimits.minimum else { return nil }
        let contacts = try plan.tenant.contacts(projector.db)
        let limits = plan.tenant.settings.guardLimits
        guard
            GuardLimits.isOver(limits.updates, updates, of: contacts)
                || GuardLimits.isOver(limits.creates, creates, of: contacts)
        else { return nil }
        return TenantHeld(
            tenant: plan.tenant.id, creates: creates, updates: updates, contacts: contacts, limits: limits,
            causes: causes, edits: plan.tenant.edits.map(\.edit),
            isEstimate: projector.helpDesk.isRemote ? true : nil)
    }
}
