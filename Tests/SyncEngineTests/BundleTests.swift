import ContactSync
import GRDB
import Journal
import Projections
import Simulators
import SyncEngine
import Testing

/// A bundle decides as the journal recorded, and holds nobody's data.
@Suite struct BundleTests {
    @Test(arguments: 201...204)
    func `every record's bundle comes to its decision and holds nothing of the person`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: true)
        try await Scene.with(
            users: turmoil.number(12..<24), seed: UInt64(seed), pageSize: 10, fields: BundleTests.fields,
            settings: BundleTests.map
        ) { scene in
            for _ in 0..<3 {
                try await scene.sync()
                try turmoil.edit(scene.simulator, times: turmoil.number(5..<25))
                if turmoil.dice.happens(50) { try scene.save { $0.overwriteCustomFields.toggle() } }
                if turmoil.dice.happens(50) { try scene.save { $0.mapping.email = "mail" } }
            }
            try await scene.sync()
            try expectBundles(scene)
        }
    }

    /// Of every user that there ever was.
    private func expectBundles(_ scene: Scene) throws {
        let models = try scene.home.models()
        var kinds: Set<String> = []
        try models.read { db in
            try models.journal.read { journal in
                for id in try String.fetchAll(db, sql: "SELECT object_id FROM users") {
                    let facts = try #require(try RecordFacts.find(id, db, journal: journal).first)
                    let decision = try #require(facts.chain.decision)
                    let inputs = try #require(try DecisionInputs.last(of: facts, db, journal: journal))
                    let whole = RecordBundle(inputs, recorded: decision.event, answer: facts.chain.answer?.event)
                    #expect(try whole.verdict().isSame, "\(id)")
                    let bytes = try whole.redacted().data()
                    let verdict = try RecordBundle(bytes).verdict()
                    #expect(verdict.isSame, "\(id): \(verdict)")
                    expectNothing(of: facts, in: String(decoding: bytes, as: UTF8.self))
                    kinds.insert(decision.record.type)
                }
            }
        }
        #expect(kinds.count > 1)
    }

    @Test func `what a help desk refused is decided as it was asked for, and told in its words`() async throws {
        try await DeskScene.with(users: 5) { scene in
            try scene.scene.simulator.patch(userAt: 2, ["displayName": .string(String(repeating: "xyz ", count: 80))])
            try await scene.sync()
            let models = try scene.scene.home.models()
            try models.read { db in
                try models.journal.read { journal in
                    let facts = try #require(try RecordFacts.find(scene.scene.id(2), db, journal: journal).first)
                    let (decision, answer) = (try #require(facts.chain.decision), try #require(facts.chain.answer))
                    guard case .contactWriteRequested = decision.event, case .contactFailed = answer.event else {
                        Issue.record("\(decision.event), \(answer.event)")
                        return
                    }
                    let inputs = try #require(try DecisionInputs.last(of: facts, db, journal: journal))
                    let whole = RecordBundle(inputs, recorded: decision.event, answer: answer.event)
                    let bundle = try whole.redacted()
                    #expect(try whole.verdict().isSame && bundle.verdict().isSame)
                    #expect(String(decoding: try bundle.data(), as: UTF8.self).contains("this value has at most"))
                    expectNothing(of: facts, in: String(decoding: try bundle.data(), as: UTF8.self))
                }
            }
        }
    }

    private func expectNothing(of facts: RecordFacts, in bundle: String) {
        var values =
            facts.traces.map(\.value.shown) + [facts.row.objectID, facts.tenant.id.rawValue, facts.tenant.domain]
        if let contact = facts.contact { values += [contact.email, contact.name] + contact.phones.values }
        values += [facts.tenant.authorized.displayName]
        for value in values where value.count >= 4 && !BundleTests.offices.contains(value) {
            #expect(!bundle.contains(value), "\(value)")
        }
    }

    private static let offices = ["Berlin", "Engineering", "Sales"]
    private static let fields = [
        FieldDefinition(name: "Badge", type: .number),
        FieldDefinition(name: "Unit", type: .dropdown, isRequired: true, choices: offices),
    ]

    private static func map(_ settings: inout TenantSettings) {
        settings.mapping.phones = [.mobile: "mobilePhone"]
        settings.mapping.customFields = ["Badge": "employeeId", "Unit": "department"]
    }
}
