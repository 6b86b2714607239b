package import ContactSync
package import GRDB
import Journal
package import Projections

/// Everything that one recorded decision was made of.
package struct DecisionInputs: Sendable {
    package let key: UserKey
    package let settings: TenantSettings
    package let fields: [FieldDefinition]
    package let user: UserObject
    package let standing: Standing
    /// The version of the code that decides so.
    package let engine: Int

    /// What the record was decided upon last; nil where nothing was decided, or somebody's data was erased.
    ///
    /// Mostly the inputs of a failed record are still as they were, which deciding again proves. Otherwise the journal is
    /// folded up to the decision: that takes as long as a replay, and `progress` is told.
    package static func last(
        of facts: RecordFacts, _ db: Database, journal: Database, progress: FoldProgress = { _, _ in }
    ) throws -> DecisionInputs? {
        guard let decision = facts.chain.decision, !decision.isErased else { return nil }
        let recorded = Decision(recorded: decision.event)
        if let now = try current(facts, db), now.decide() == recorded { return now }
        guard let then = try folded(to: decision, journal, progress) else { return nil }
        let decided = then.decide()
        // What is decided otherwise without somebody who was erased says nothing about the engine.
        if decided != recorded, try ErasedPeople(journal).concern(facts.row, decision.event, decided.concerned) {
            return nil
        }
        return then
    }

    private static func current(_ facts: RecordFacts, _ db: Database) throws -> DecisionInputs? {
        guard facts.row.outcome == .failed else { return nil }
        let gone = try Set(Installation.tenants(db).filter(\.isDeleted).map(\.id))
        let snapshot = Snapshot(
            settings: facts.past.settings, fields: facts.past.fields, gone: gone, engine: Syncer.engineVersion)
        return try DecisionInputs(facts.row, facts.user, snapshot, Projector(db))
    }

    private static func folded(
        to decision: RecordChain.Step, _ journal: Database, _ progress: FoldProgress
    ) throws -> DecisionInputs? {
        guard let key = decision.record.subject.flatMap({ Subject.user(in: $0) }) else { return nil }
        return try Scratch.with { projector in
            var snapshot: Snapshot?
            let end = decision.record.position.rawValue - 1
            try JournalReader.each(journal, to: end) { record in
                try projector.apply(record, journal: journal)
                if record.position.rawValue.isMultiple(of: 1000) { progress(record.position.rawValue, end) }
                guard record.sync == decision.record.sync, case .syncStarted(let started)? = try syncStart(record)
                else { return }
                snapshot = try Snapshot(of: key.tenant, in: started, projector)
            }
            guard let snapshot, let row = try projector.users.row(key),
                let user = try projector.object(of: row, journal: journal)
            else { return nil }
            return try DecisionInputs(row, user, snapshot, projector)
        }
    }

    private static func syncStart(_ record: RecordedEvent) throws -> Event? {
        record.type == EventType.syncStarted.rawValue ? try record.event() : nil
    }

    /// What a sync takes with it from its start.
    fileprivate struct Snapshot {
        let settings: TenantSettings
        let fields: [FieldDefinition]
        let gone: Set<TenantID>
        let engine: Int
    }

    private init(_ row: UsersTable.Row, _ user: UserObject, _ snapshot: Snapshot, _ projector: Projector) throws {
        (key, settings, fields) = (row.key, snapshot.settings, snapshot.fields)
        (self.user, engine) = (user, snapshot.engine)
        let rules = Rules(settings: settings, fields: fields)
        let decider = RecordDecider(rules: [row.tenant: rules], gone: snapshot.gone, projector: projector)
        standing = try decider.standing(of: row, rules.draft(user))
    }

    private func decide() -> Decision {
        let rules = Rules(settings: settings, fields: fields)
        return rules.decide(rules.draft(user), standing)
    }
}

extension Decision {
    /// The decision as an event that names the same contact and users; nil where it names none.
    fileprivate var concerned: Event? {
        switch self {
        case .create: nil
        case .update(let contact, let changes, let adopts):
            .contactUpdated(.init(contact: contact, adopts: adopts, changes: changes))
        case .fail(let contact, let reasons):
            .contactFailed(.init(contact: contact, email: "", reasons: reasons))
        }
    }
}

extension DecisionInputs.Snapshot {
    fileprivate init?(of tenant: TenantID, in started: SyncStarted, _ projector: Projector) throws {
        let all = try Installation.tenants(projector.db)
        guard let tenant = all.first(where: { $0.id == tenant }) else { return nil }
        self.init(
            settings: tenant.settings, fields: try Installation.fields(projector.db),
            gone: Set(all.filter(\.isDeleted).map(\.id)), engine: started.engine)
    }
}
