import ContactSync
import HappyFox
import Journal
import Projections

/// The part of a sync that tells a help desk elsewhere: look, decide, ask, record.
///
/// It comes after the reads of all tenants, so that batches are full and the time it takes is known at its start. A user
/// is due until the journal says what became of the contact; whatever ends the stage, the next one goes on from there.
struct HelpDeskStage {
    /// A user whose contact may have to be written, and what that depends on.
    struct Candidate {
        let user: Int64
        var targets: [HelpDeskView.Target]
    }

    static let page = 500
    /// How often a write is tried whose answers get lost.
    static let attempts = 3
    /// So few writes that all get lost tell nothing of HappyFox, and much of themselves.
    private static let few = 3

    let run: SyncRun
    /// Those that were read to the end.
    let complete: [TenantPlan]
    let view: HelpDeskView
    let pace: HelpDeskPace
    /// Nothing is sent, and everything counts as carried out.
    let isRehearsal: Bool
    let transact: (_ body: (Store.Transaction) throws -> Void) throws -> Void

    func callAsFunction(isFirst: Bool) async throws {
        _ = try await settlePending(isFresh: false)
        let count = try estimate()
        if isFirst {
            try await view.readAll { total in
                let pages = (total + HappyFoxClient.pageSize - 1) / HappyFoxClient.pageSize
                pace.announce(count, reads: max(0, pages - 1))
            }
        } else {
            pace.announce(count, reads: count.targets)
        }
        for plan in run.tenants { try await pass(plan, .due) }
        // Who had failed was not held.
        for plan in complete where plan.release == nil { try await pass(plan, .failed) }
        // What was looked at and written may have freed an address, or shown that a contact is gone.
        var before = -1
        while pace.written > before {
            before = pace.written
            for plan in run.tenants { try await pass(plan, .due) }
            for plan in complete { try await pass(plan, .stale) }
        }
    }

    /// Of a tenant that was not read to the end only those who were read are told, and only those whom an agent lets through
    /// where others are held.
    private func concerns(_ row: UsersTable.Row, _ plan: TenantPlan) -> Bool {
        if let release = plan.release { return release.holds(row) }
        return row.lastEvent > run.started.rawValue || complete.contains { $0.tenant.id == plan.tenant.id }
    }

    /// What there is to write, as far as it can be told before anything was looked at.
    private func estimate() throws -> HelpDeskPace.Work {
        var work = HelpDeskPace.Work()
        for plan in run.tenants {
            var last: Int64 = 0
            var isDone = false
            while !isDone {
                try Task.checkCancellation()
                try transact { transaction in
                    let decider = self.decider(transaction)
                    let rows = try transaction.projector.users.rows(
                        after: last, tenant: plan.tenant.id, .due, limit: HelpDeskStage.page)
                    for row in rows {
                        if concerns(row, plan) {
                            work.add(try decider.outlook(of: row, journal: transaction.appender.db))
                        }
                        last = row.id
                    }
                    isDone = rows.count < HelpDeskStage.page
                }
            }
        }
        return work
    }

    private func pass(_ plan: TenantPlan, _ selection: UsersTable.Selection) async throws {
        var last: Int64 = 0
        var isDone = false
        while !isDone {
            try Task.checkCancellation()
            var candidates: [Candidate] = []
            try transact { transaction in
                (candidates, isDone) = try collect(plan, selection, behind: &last, transaction)
            }
            try await write(candidates)
        }
    }

    /// The next users whose contacts may have to be written; whatever concerns no contact is recorded at once.
    private func collect(
        _ plan: TenantPlan, _ selection: UsersTable.Selection, behind last: inout Int64,
        _ transaction: Store.Transaction
    ) throws -> ([Candidate], isDone: Bool) {
        let decider = decider(transaction)
        var candidates: [Candidate] = []
        let rows = try transaction.projector.users.rows(
            after: last, tenant: plan.tenant.id, selection, limit: HelpDeskStage.page)
        for row in rows {
            last = row.id
            if case .failed = selection, row.lastEvent > run.started.rawValue { continue }
            if !concerns(row, plan) { continue }
            switch try decider.outlook(of: row, journal: transaction.appender.db) {
            case .nothing: break
            case .settled(let event): try decider.record(event, of: row, transaction)
            case .open(let targets, _): candidates.append(Candidate(user: row.id, targets: targets))
            }
            if candidates.count == HappyFoxClient.bulkSize { return (candidates, false) }
        }
        return (candidates, rows.count < HelpDeskStage.page)
    }

    private func write(_ candidates: [Candidate]) async throws {
        var open = candidates
        var (attempt, refusals) = (1, 0)
        let before = pace.written
        while !open.isEmpty {
            // First the wait that the limits ask for, and then the look: nothing is sent that was seen long ago.
            if !isRehearsal { try await pace.ready() }
            try await view.refresh(open.flatMap(\.targets))
            let (writes, moved) = try decide(open)
            let sender = ContactWrites(view: view, pace: pace, transact: transact)
            let missing =
                isRehearsal ? try sender.assume(writes) : try await sender.send(writes, singly: attempt > 1)
            var again = missing == nil ? [] : try await settlePending(isFresh: true)
            if let missing, missing == HappyFoxClient.tooManyRequests.message {
                refusals += 1
                if refusals == HelpDeskStage.attempts { throw HappyFoxClient.tooManyRequests }
                open = moved + again
                continue
            }
            if let missing, attempt == HelpDeskStage.attempts, !again.isEmpty {
                guard pace.written > before || writes.count <= HelpDeskStage.few else {
                    throw HappyFoxError.lostWrites(missing)
                }
                try giveUp(on: again, missing)
                again = []
            }
            open = moved + again
            // Nobody may come to the end of a sync as told who was not.
            if attempt == HelpDeskStage.attempts, !open.isEmpty { throw HappyFoxError.restlessContacts }
            attempt += 1
        }
    }

    /// Where HappyFox answers to everybody else it is the record that it breaks at, and the record fails for itself.
    private func giveUp(on candidates: [Candidate], _ why: String) throws {
        try transact { transaction in
            let decider = self.decider(transaction)
            for candidate in candidates {
                guard let row = try transaction.projector.users.row(id: candidate.user),
                    let write = try decider.event(for: row, journal: transaction.appender.db)
                else { continue }
                guard case .contactWriteRequested(let write) = write else { continue }
                let reason = Reason.refused(
                    by: "HappyFox", words: "not carried out, \(HelpDeskStage.attempts) times: \(why)")
                try transaction.append(
                    .contactFailed(.init(contact: row.contact, email: write.address, reasons: [reason])), of: row)
            }
        }
    }

    /// Decides on what was just seen. Returns what is to be sent, and those for whom something else has to be looked at.
    private func decide(_ candidates: [Candidate]) throws -> ([ContactWrite], moved: [Candidate]) {
        var writes: [ContactWrite] = []
        var moved: [Candidate] = []
        try transact { transaction in
            let decider = self.decider(transaction)
            for candidate in candidates {
                guard let row = try transaction.projector.users.row(id: candidate.user), !row.isRemoved,
                    let event = try decider.event(for: row, journal: transaction.appender.db)
                else { continue }
                guard case .contactWriteRequested(let write) = event else {
                    try decider.record(event, of: row, transaction)
                    continue
                }
                let targets = HelpDeskStage.targets(of: write)
                let contacts = transaction.projector.contacts
                guard try targets.allSatisfy({ try view.isFresh($0, contacts) }) else {
                    moved.append(Candidate(user: row.id, targets: targets))
                    continue
                }
                try decider.record(event, of: row, transaction)
                writes.append(ContactWrite(user: row.id, write: write, held: held(write)))
            }
        }
        return (writes, moved)
    }

    private func held(_ write: ContactWriteRequested) -> HappyFoxContact? {
        guard case .update(let update) = write else { return nil }
        return view.contact(update.contact)
    }

    static func targets(of write: ContactWriteRequested) -> [HelpDeskView.Target] {
        switch write {
        case .create(let contact): [.address(contact.email)]
        case .update(let update): [.contact(update.contact)] + (write.claim.map { [.address($0)] } ?? [])
        }
    }

    private func decider(_ transaction: Store.Transaction) -> RecordDecider {
        RecordDecider(
            rules: Dictionary(uniqueKeysWithValues: run.tenants.map { ($0.tenant.id, $0.rules) }), gone: run.gone,
            projector: transaction.projector, permit: run.permit)
    }

    /// Finds out by reading what became of writes that have no outcome, of this sync or of one that was killed. Returns
    /// those that were not carried out.
    private func settlePending(isFresh: Bool) async throws -> [Candidate] {
        try await WriteSettlement(view: view, pace: pace, transact: transact, isFresh: isFresh)()
    }
}

extension HappyFoxError {
    static let restlessContacts = HappyFoxError(
        .unavailable,
        "contacts in happyfox changed while they were looked at, \(HelpDeskStage.attempts) times in a row",
        hints: ["the next sync looks again"])
    static func lostWrites(_ why: String) -> HappyFoxError {
        HappyFoxError(
            .unavailable,
            "happyfox did not say what became of contacts, \(HelpDeskStage.attempts) times in a row: \(why)")
    }
}
