import ContactSync
package import GRDB
import Journal
import Projections

/// Folds the journal and decides every recorded input again, with the code that decides live.
package struct Replayer {
    private let projector: Projector
    private let journal: Database
    private var plans: [TenantPlan] = []
    private var rules: [TenantID: Rules] = [:]
    private var gone: Set<TenantID> = []
    private var verdict: ReplayVerdict?
    /// Where the sync that is replayed began.
    private var started = Position(rawValue: 0)
    /// An agent has acted since the sync's last event: perhaps before its last look at who failed, perhaps behind it.
    private var isInterfered = false
    /// A user whose input has been applied and whose decision has not been seen yet.
    private var pending: (user: UserKey, decided: Event?)?
    private let erased: ErasedPeople

    private init(_ projector: Projector, _ journal: Database) throws {
        self.projector = projector
        self.journal = journal
        erased = try ErasedPeople(journal)
    }

    /// Replays every sync, or one; `atEnd` sees the projections as they stood when each replayed sync had ended.
    package static func run(
        _ journal: Database, only sync: Int64? = nil, progress: (_ events: Int64) -> Void = { _ in },
        atEnd: (Database) throws -> Void = { _ in }
    ) throws -> [ReplayVerdict] {
        try Scratch.with { projector in
            var replayer = try Replayer(projector, journal)
            var verdicts: [ReplayVerdict] = []
            try JournalReader.scan(journal) { record in
                if record.position.rawValue % 1000 == 0 { progress(record.position.rawValue) }
                guard let verdict = try replayer.take(record, only: sync) else { return true }
                verdicts.append(verdict)
                try atEnd(projector.db)
                return sync == nil
            }
            return verdicts
        }
    }

    /// Takes one recorded event; returns the verdict when it ends a sync that is replayed.
    private mutating func take(_ record: RecordedEvent, only sync: Int64?) throws -> ReplayVerdict? {
        let event = try record.event()
        let isOurs = verdict != nil && record.sync == verdict?.sync
        if isOurs { try compare(record, event) } else { countStranger(record) }
        if isOurs, case .tenantHeld(let held)? = event { try measure(held) }
        if isOurs, case .recordsUnconcerned(let records)? = event { try confirm(records) }
        if let event { try projector.apply(event, record, journal: journal) }
        switch event {
        case .syncStarted(let started)? where sync == nil || sync == record.sync: try begin(started, record)
        case .userFetched?, .userChanged?:
            // A help desk elsewhere is looked at first, and a guard measures first: decided is when all is read.
            if isOurs, !projector.decidesLater { try decide(record) }
        case .syncCompleted(let completed)? where isOurs:
            if !isInterfered { try expectNothingLeft() }
            try expect(completed.totals)
            return end()
        case .syncFailed? where isOurs, .syncInterrupted? where isOurs: return end()
        default: break
        }
        isInterfered = !isOurs
        return nil
    }

    private mutating func begin(_ started: SyncStarted, _ record: RecordedEvent) throws {
        self.started = record.position
        verdict = ReplayVerdict(sync: record.sync ?? 0, engine: started.engine)
        let fields = try Installation.fields(projector.db)
        let all = try Installation.tenants(projector.db)
        let tenants = all.filter { started.tenants.contains($0.id) }
        gone = Set(all.filter(\.isDeleted).map(\.id))
        plans = tenants.map { TenantPlan(tenant: $0, fields: fields, sync: record.sync ?? 0) }
        rules = Dictionary(uniqueKeysWithValues: plans.map { ($0.tenant.id, $0.rules) })
    }

    /// What was held is measured again.
    private mutating func measure(_ held: TenantHeld) throws {
        guard let plan = plans.first(where: { $0.tenant.id == held.tenant }) else { return }
        let isRead = try Installation.tenants(projector.db).first { $0.id == held.tenant }?.readIn == verdict?.sync
        var count = ChangeCount(plan: plan, started: started, isRead: isRead, gone: gone)
        try count.count { try $0(projector, journal) }
        let again = try count.held(projector).map { try Replayer.bytes(.tenantHeld($0)) }
        let recorded = try Replayer.bytes(.tenantHeld(held))
        if again != recorded, erased.areOf(held.tenant) { return countErased() }
        verdict?.compare(Subject.tenant(held.tenant).text, recorded: recorded, decided: again)
    }

    /// Whom a hold did not concern would still be left as is.
    private mutating func confirm(_ records: RecordsUnconcerned) throws {
        for user in records.users {
            let key = UserKey(tenant: records.tenant, objectID: user)
            try compare(key, recorded: nil, decided: try decision(key))
        }
    }

    private mutating func end() -> ReplayVerdict? {
        defer { verdict = nil }
        return verdict
    }

    /// Decides the user whose input has just been applied; the recorded decision, if any, comes next.
    private mutating func decide(_ record: RecordedEvent) throws {
        guard let subject = record.subject, let key = Subject.user(in: subject) else { return }
        // Who is not in the selection is removed next, and not decided.
        guard let plan = plans.first(where: { $0.tenant.id == key.tenant }), let row = try projector.users.row(key),
            let user = try projector.object(of: row, journal: journal), plan.tenant.settings.include.holds(user)
        else { return }
        pending = (key, try decision(key))
    }

    private func decision(_ key: UserKey) throws -> Event? {
        guard let row = try projector.users.row(key), let user = try projector.object(of: row, journal: journal)
        else { return nil }
        return try RecordDecider(rules: rules, gone: gone, projector: projector).event(for: row, user)
    }

    /// What was decided on what is erased by now cannot be decided again.
    private mutating func compare(_ user: UserKey, recorded: Event?, decided: Event?) throws {
        let (was, now) = (try recorded.map(Replayer.bytes), try decided.map(Replayer.bytes))
        if was != now, try erased.concern(projector.users.row(user), recorded, decided) { return countErased() }
        verdict?.compare(Subject.user(user).text, recorded: was, decided: now)
    }

    private static func bytes(_ event: Event) throws -> [UInt8] {
        Array(event.type.rawValue.utf8) + [UInt8(ascii: " ")] + (try event.data())
    }

    private mutating func compare(_ record: RecordedEvent, _ event: Event?) throws {
        let isDecision = Replayer.decisions.contains(record.type)
        if let expected = pending {
            pending = nil
            if isDecision, record.subject == Subject.user(expected.user).text {
                if record.isErased { return countErased() }
                return try compare(expected.user, recorded: event, decided: expected.decided)
            }
            try compare(expected.user, recorded: nil, decided: expected.decided)
        }
        guard isDecision, let subject = record.subject, let key = Subject.user(in: subject),
            try !isOutcome(event, key)
        else { return }
        if record.isErased { return countErased() }
        try compare(key, recorded: event, decided: try decision(key))
    }

    private static let decisions: Set = [
        "contactCreated", "contactUpdated", "contactFailed", "contactWriteRequested",
    ]

    private var isRemote: Bool { projector.helpDesk.isRemote }

    /// What a help desk elsewhere made of a write: it was decided when it was requested.
    private func isOutcome(_ event: Event?, _ user: UserKey) throws -> Bool {
        guard isRemote, let row = try projector.users.row(user) else { return false }
        // No rule of ours refuses: whoever did that was asked before.
        if case .contactFailed(let failed)? = event, failed.isRefused { return true }
        return try projector.helpDesk.pendingWrite(of: row.id) != nil
    }

    /// A decision that says it is of no sync, or of another than the one that runs.
    private mutating func countStranger(_ record: RecordedEvent) {
        guard verdict != nil, Replayer.decisions.contains(record.type) else { return }
        verdict?.compare(record.subject ?? record.type, recorded: record.data ?? [], decided: nil)
    }

    private mutating func countErased() {
        verdict?.erased += 1
    }

    /// The totals that the sync recorded are those of its records.
    private mutating func expect(_ totals: SyncTotals) throws {
        guard let log = try SyncLog.fetch(projector.db) else { return }
        let counted = try Tally.totals(projector.db, log)
        guard counted != totals else { return }
        verdict?.compare("totals", recorded: Array("\(totals)".utf8), decided: Array("\(counted)".utf8))
    }

    /// After a complete sync, deciding the failed again, or everybody where settings had changed, must add nothing.
    private mutating func expectNothingLeft() throws {
        for plan in plans {
            if plan.release != nil {
                try expectNothing(of: plan, .touched(since: started))
                continue
            }
            if projector.decidesLater {
                try expectNothing(of: plan, plan.decidesAll ? .everybody : .touched(since: started))
            } else if plan.decidesAll {
                try expectNothing(of: plan, .untouched(since: started))
            }
            try expectNothing(of: plan, .failed)
        }
    }

    /// What an agent did to a contact after it was decided upon is for the sync that next has to do with its user.
    private func wasReadSince(_ row: UsersTable.Row) throws -> Bool {
        guard isRemote, let contact = row.contact, let read = try projector.last(.contact(contact)) else {
            return false
        }
        return read.rawValue > row.lastEvent
    }

    /// What the help desk has refused in this sync is asked for again only in the next one.
    private func isRefused(_ row: UsersTable.Row) throws -> Bool {
        guard isRemote, row.lastEvent > started.rawValue, let failure = row.failure else { return false }
        return try ContactFailed(event: JSONValue(parsing: failure)).isRefused
    }

    private mutating func expectNothing(of plan: TenantPlan, _ selection: UsersTable.Selection) throws {
        var last: Int64 = 0
        while true {
            let rows = try projector.users.rows(
                after: last, tenant: plan.tenant.id, selection, limit: SecondLook.chunk)
            for row in rows {
                if plan.release?.holds(row) ?? true, try !isRefused(row), try !wasReadSince(row),
                    let decided = try decision(row.key)
                {
                    try compare(row.key, recorded: nil, decided: decided)
                }
                last = row.id
            }
            if rows.count < SecondLook.chunk { return }
        }
    }
}
