import ContactSync
import Journal
package import Projections

/// What other settings would make of recorded data: no network, and nothing appended.
package struct WhatIf {
    package typealias Edit = (Store.Transaction) throws -> Void

    private let rehearsal: Rehearsal
    private let syncer: Syncer
    private let events: FoldProgress

    /// - Parameters:
    ///   - time: In milliseconds since 1970: what the rehearsed events say.
    ///   - events: Is told how many of a sync's recorded events were taken in.
    package init(
        _ rehearsal: Rehearsal, at time: Int64, progress: @escaping (SyncProgress) -> Void = { _ in },
        events: @escaping FoldProgress = { _, _ in }
    ) {
        (self.rehearsal, self.events) = (rehearsal, events)
        syncer = Syncer(
            ledger: .rehearsal(rehearsal),
            connect: { throw SyncError.cannotConnect($0.id, reason: "nothing is read in a rehearsal") },
            now: { time }, progress: progress)
    }

    /// Decides as the next sync would if Entra and the help desk had no news.
    package func next(_ edit: Edit) throws -> SyncLog {
        try run(edit) { run in
            for plan in run.tenants { try leaveOut(plan, run) }
            return run.tenants
        }
    }

    /// Takes the inputs that a sync recorded, which are those of the journal behind where the rehearsal began.
    package func again(_ edit: Edit) throws -> SyncLog {
        try run(edit) { run in
            var complete: Set<TenantID> = []
            try syncer.transact(run) { transaction in
                var inputs = RecordedInputs(run: run, transaction: transaction)
                let last = try JournalReader.lastPosition(transaction.appender.db).rawValue
                try JournalReader.scan(transaction.appender.db, from: rehearsal.base.size + 1) { record in
                    try inputs.take(record)
                    if record.position.rawValue.isMultiple(of: 1000) { events(record.position.rawValue, last) }
                    return !inputs.isOver
                }
                complete = inputs.complete
            }
            return run.tenants.filter { complete.contains($0.tenant.id) }
        }
    }

    private func run(_ edit: Edit, _ read: (SyncRun) throws -> [TenantPlan]) throws -> SyncLog {
        let actor = "foxtrail"
        try rehearsal.transact(Occasion(actor: actor, time: syncer.now()), edit)
        let run = try syncer.start(.manual, actor: actor)
        let complete = try read(run)
        // Noted, and decided all the same.
        _ = try syncer.hold(run, complete)
        try decide(run, complete)
        return try syncer.finish(run, [])
    }

    /// Who is not selected any more leaves, and everybody else counts as read.
    private func leaveOut(_ plan: TenantPlan, _ run: SyncRun) throws {
        let tenant = plan.tenant
        try syncer.transact(run) { transaction in
            if tenant.settings.include != Inclusion() {
                let projector = transaction.projector
                try projector.users.each(of: tenant.id, .everybody) { row in
                    let user = try projector.object(of: row, journal: transaction.appender.db)
                    guard let user, !tenant.settings.include.holds(user) else { return }
                    try transaction.append(.userRemoved(.init(cause: .unselected)), of: row)
                }
            }
            try transaction.append(
                .selectionRead(
                    .init(
                        tenant: tenant.id, extent: .changes, objects: 0, properties: tenant.properties,
                        deltaLink: tenant.deltaLink)), .tenant(tenant.id))
        }
    }

    private func decide(_ run: SyncRun, _ complete: [TenantPlan]) throws {
        let isRemote = try rehearsal.read { try HelpDeskState.fetch($0).desk.isRemote }
        if isRemote {
            try UnseenHelpDesk(run: run, complete: complete) { try syncer.transact(run, $0) }()
        } else {
            try SecondLook(run: run, tenants: complete, progress: syncer.tellDeciding) {
                try syncer.transact(run, $0)
            }()
        }
    }
}

extension UsersTable {
    /// All users of a selection, a page at a time: who is in it is asked for again behind each.
    func each(of tenant: TenantID, _ selection: Selection, _ body: (Row) throws -> Void) throws {
        var last: Int64 = 0
        while true {
            let page = try rows(after: last, tenant: tenant, selection, limit: SecondLook.chunk)
            for row in page { try body(row) }
            guard page.count == SecondLook.chunk, let end = page.last else { return }
            last = end.id
        }
    }
}
