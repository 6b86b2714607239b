import ContactSync
import GRDB
import Journal
import Projections
import SyncEngine
import Synchronization
import Testing

/// What is told of a record is what happened, and is found without a search.
@Suite struct RecordFactsTests {
    @Test(arguments: 301...303)
    func `a failed record's fields give its reasons, and a synced one's nothing to do`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: true)
        try await Scene.with(users: 20, seed: UInt64(seed), settings: { $0.mapping.phones = [.mobile: "mobilePhone"] })
        {
            scene in
            for _ in 0..<3 {
                try await scene.sync()
                try turmoil.edit(scene.simulator, times: 15)
            }
            try await scene.sync()
            try each(scene) { facts in
                #expect(facts.past.changes.isEmpty)
                let reasons = facts.traces.flatMap(\.reasons)
                if let failure = facts.failure {
                    #expect(reasons == failure.reasons.filter { $0.code != "sameEmail" && $0.code != "emailTaken" })
                } else if facts.row.outcome == .synced, !facts.row.isRemoved {
                    #expect(reasons == [])
                    for trace in facts.traces { #expect(trace.isNow(in: facts.contact), "\(trace)") }
                }
                #expect((facts.chain.link == nil) == (facts.row.contact == nil))
                #expect((facts.chain.removal == nil) == !facts.row.isRemoved)
                #expect(facts.chain.input != nil)
            }
        }
    }

    @Test func `old values are those that the last decision replaced`() async throws {
        try await Scene.with(users: 5) { scene in
            try await scene.sync()
            let before = try #require(try scene.contact(1))
            try scene.rename(1, "Somebody Else")
            try await scene.sync()
            let name = try #require(try facts(scene.id(1), scene).traces.first { $0.field == .name })
            #expect((name.result, name.old) == (.written(.text("Somebody Else")), .text(before.name)))
            let made = try #require(try facts(scene.id(2), scene).traces.first { $0.field == .name })
            #expect(made.old == nil)
        }
    }

    @Test func `a change of settings that no sync has seen is named, and the record is told by those before`()
        async throws
    {
        try await Scene.with(users: 5, settings: { $0.mapping.phones = [.mobile: "mobilePhone"] }) { scene in
            try await scene.sync()
            try scene.save { $0.mapping.phones = [.work: "businessPhones[0]"] }
            let told = try facts(scene.id(1), scene)
            #expect(told.past.changes.map(\.type) == ["mappingChanged"])
            #expect(told.traces.map(\.field) == [.email, .name, .phone(.mobile)])
            try await scene.sync()
            #expect(try facts(scene.id(1), scene).past.changes.isEmpty)
            #expect(try facts(scene.id(1), scene).traces.map(\.field) == [.email, .name, .phone(.work)])
        }
    }

    @Test func `nothing is found by a search through all users, contacts or events`() async throws {
        try await Scene.with(users: 30) { scene in
            try await scene.sync()
            try scene.rename(3, "Bo")
            try await scene.sync()
            let email = try #require(try scene.contact(3)).email
            let models = try scene.home.models()
            let selects = try statements(models, email, scene.id(3)).filter {
                $0.hasPrefix("SELECT") && !$0.contains("sqlite_")
            }
            #expect(selects.count > 10)
            let plans = try selects.flatMap { try plan($0, models) }
            #expect(plans.filter(RecordFactsTests.isScan) == [])
        }
    }

    @Test func `who has no row any more, as after an erasure, is found by reading the journal`() async throws {
        try await Scene.with(users: 5) { scene in
            try await scene.sync()
            let id = scene.id(2)
            let models = try scene.home.models()
            try await models.projections.write {
                try $0.execute(sql: "DELETE FROM users WHERE object_id = ?", arguments: [id])
            }
            #expect(
                try histories(of: id.uppercased(), models).map { $0.map(\.type) } == [
                    ["userFetched", "contactCreated"]
                ])
            #expect(try histories(of: "nobody", models).isEmpty)
        }
    }

    private func histories(of name: String, _ models: ReadModels) throws -> [[RecordedEvent]] {
        try models.read { db in
            try models.journal.read { try PersonHistory.find(name, db, journal: $0).map(\.events) }
        }
    }

    /// What is asked of both files to explain a person and to tell the history.
    private func statements(_ models: ReadModels, _ email: String, _ id: String) throws -> [String] {
        let seen = Seen()
        try watch(models) { seen.add($0) }
        try models.read { db in
            try models.journal.read { journal in
                let records = try [email, id].flatMap { try RecordFacts.find($0, db, journal: journal) }
                let contact = try ContactFacts.find("nobody@contoso.example", db, journal: journal)
                let histories = try PersonHistory.find(email, db, journal: journal)
                #expect((records.count, contact == nil, histories.map { $0.events.count }) == (2, true, [4]))
            }
        }
        try watch(models, nil)
        return seen.statements
    }

    private func watch(_ models: ReadModels, _ body: (@Sendable (String) -> Void)?) throws {
        for queue in [models.projections, models.journal] {
            try queue.read { db in
                guard let body else { return db.trace(options: []) }
                db.trace(options: .statement) { body("\($0)") }
            }
        }
    }

    /// How SQLite finds the rows of a statement, in the file whose tables it names.
    private func plan(_ sql: String, _ models: ReadModels) throws -> [String] {
        try [models.projections, models.journal].flatMap { queue in
            try queue.read { db in
                guard let statement = try? db.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql) else { return [String]() }
                // A plan needs no values.
                statement.setUncheckedArguments(StatementArguments())
                return try Row.fetchAll(statement).map { "\($0["detail"] as String): \(sql)" }
            }
        }
    }

    private static func isScan(_ plan: String) -> Bool {
        ["users", "contacts", "mails", "events", "writes", "subjects"].contains { plan.hasPrefix("SCAN \($0)") }
    }

    private func facts(_ id: String, _ scene: Scene) throws -> RecordFacts {
        let models = try scene.home.models()
        return try #require(
            try models.read { db in try models.journal.read { try RecordFacts.find(id, db, journal: $0).first } })
    }

    private func each(_ scene: Scene, _ body: (RecordFacts) throws -> Void) throws {
        for user in try scene.home.models().read({ try String.fetchAll($0, sql: "SELECT object_id FROM users") }) {
            try body(try facts(user, scene))
        }
    }
}

/// The statements that were run.
private final class Seen: Sendable {
    private let texts = Mutex<[String]>([])
    func add(_ text: String) { texts.withLock { $0.append(text) } }
    var statements: [String] { texts.withLock { $0 } }
}

extension FieldTrace {
    fileprivate var reasons: [Reason] {
        if case .failed(let reasons) = result { reasons } else { [] }
    }

    /// Whether the contact holds what the trace says that it holds.
    fileprivate func isNow(in contact: Contact?) -> Bool {
        switch result {
        case .written(let value): contact?[field] == value
        case .unchanged, .kept: contact?[field] == old
        case .cleared, .leftEmpty: contact?[field] == nil
        case .failed: false
        }
    }
}
