import ContactSync
import GRDB
import Journal
import Projections
import Simulators
import SyncEngine
import Testing

/// What is told of the past of those who stay, when others were erased: nothing false, and nothing falls over.
@Suite struct ErasedPastTests {
    /// The fourth user is gone, and the heir has the contact: the heir's object id.
    private func takeOver(_ scene: Scene) async throws -> (former: String, heir: String) {
        try scene.rename(4, "Quentin Quux")
        try await scene.sync()
        let former = scene.simulator.directory[4]
        try scene.simulator.remove(former.id)
        try scene.simulator.add([
            "displayName": "Rosa Next", "userPrincipalName": .string(former.principalName),
            "mail": .string(former.principalName), "mobilePhone": "+3 1",
        ])
        try await scene.sync()
        let heir = try #require(scene.simulator.directory.last { $0.displayName == "Rosa Next" })
        return (former.id, heir.id)
    }

    @Test func `who erased is not who made the successor's contact what it is`() async throws {
        try await Scene.with(users: 8) { scene in
            let (former, heir) = try await takeOver(scene)
            try scene.erase(former)
            #expect(try blame(heir, scene).map(\.event?.type) == [nil, nil])
            // What the heir says since then is the heir's.
            try scene.simulator.patch(id: heir, ["displayName": "Rosa Newname"])
            try await scene.sync()
            let fields = try blame(heir, scene)
            #expect(fields.map(\.event?.type) == [nil, "contactUpdated"])
            #expect(fields.last?.user?.objectID == heir)
        }
    }

    @Test func `the heir's record tells the link, and that what was written is erased`() async throws {
        try await Scene.with(users: 8) { scene in
            let (former, heir) = try await takeOver(scene)
            try scene.erase(former)
            let facts = try #require(try facts(heir, scene))
            let (decision, link) = (try #require(facts.chain.decision), try #require(facts.chain.link))
            #expect(decision.record.type == "contactUpdated" && decision.isErased)
            #expect(link.record.position == decision.record.position && link.record.sync == 2)
            #expect(try bundle(facts, scene) == nil)
            let history = try #require(try histories(heir, scene).first)
            let retold = history.events.filter { history.retold.contains($0.position) }
            #expect(retold.map(\.type) == ["contactRead"])
            #expect(try histories(former, scene).first?.events.last?.type == "personErased")
        }
    }

    @Test func `a moment before an erasure shows the record without what told whose it was`() async throws {
        try await Scene.with(users: 8) { scene in
            try await scene.sync()
            let before = try scene.home.position()
            let id = scene.id(3)
            try scene.erase(id)
            let models = try Past.models(scene.home, "\(before)")
            try models.read { db in
                try models.journal.read { journal in
                    #expect(try RecordFacts.find(id, db, journal: journal).isEmpty)
                    #expect(try RecordFacts.isErased(id, db, journal: journal))
                    #expect(try PersonHistory.find(id, db, journal: journal).map(\.events.count) == [2])
                    var rows: [String] = []
                    try Report.each(db, journal: journal) { rows.append($0.email) }
                    #expect(rows.count == 8 && rows.filter(\.isEmpty).count == 1)
                    let changes = try TenantHistory.changes(of: scene.tenant, db, journal: journal)
                    #expect(changes.first?.record.type == "tenantAuthorized")
                }
            }
            // The history of the past does not go beyond it.
            let present = try scene.home.models()
            try present.read { db in
                try present.journal.read { journal in
                    let end = Position(rawValue: before)
                    let (all, past) = (
                        try PersonHistory.find(id, db, journal: journal),
                        try PersonHistory.find(id, db, journal: journal, to: end)
                    )
                    #expect(all.map(\.events.count) == [3] && past.map(\.events.count) == [2])
                }
            }
        }
    }

    @Test func `whose rival was erased has no bundle of a decision that cannot be made again`() async throws {
        try await Scene.with(users: 12, settings: { $0.mapping.email = "mail" }) { scene in
            try scene.setMail(9, scene.mail(2))
            try await scene.sync()
            let holder = try scene.contact(2) == nil ? 9 : 2
            let loser = try #require(try facts(scene.id(11 - holder), scene))
            #expect(loser.row.outcome == .failed)
            #expect(try bundle(loser, scene)?.verdict().isSame == true)
            try scene.erase(scene.id(holder))
            let later = try #require(try facts(scene.id(11 - holder), scene))
            #expect(later.rivals.map(\.email) == [nil])
            #expect(try bundle(later, scene) == nil)
        }
    }

    @Test(arguments: 401...406)
    func `over turbulent journals nothing is blamed on an erasure, and every bundle is decided the same`(
        seed: Int
    ) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: true)
        try await Scene.with(
            users: 24, seed: UInt64(seed), pageSize: 8, settings: { $0.mapping.phones = [.mobile: "mobilePhone"] }
        ) { scene in
            for _ in 0..<5 {
                try await scene.sync()
                try turmoil.edit(scene.simulator, times: 20)
                try await scene.sync()
                if let user = scene.simulator.directory.randomElement(using: &turmoil.dice) { try scene.erase(user.id) }
                if turmoil.dice.happens(50) { try scene.save { $0.overwriteCustomFields.toggle() } }
                try expectTruth(scene)
            }
        }
    }

    private func expectTruth(_ scene: Scene) throws {
        let models = try scene.home.models()
        try models.read { db in
            try models.journal.read { journal in
                try Contacts.each(db) { listed in
                    for field in try Blame.fields(of: listed.contact, db, journal: journal) {
                        guard let event = field.event else { continue }
                        #expect(event.type != "contactRead" && !event.isErased, "\(field)")
                    }
                }
                for id in try String.fetchAll(db, sql: "SELECT object_id FROM users") {
                    _ = try PersonHistory.find(id, db, journal: journal)
                    guard let facts = try RecordFacts.find(id, db, journal: journal).first else { continue }
                    #expect((facts.chain.link == nil) == (facts.row.contact == nil))
                    guard let decision = facts.chain.decision,
                        let inputs = try DecisionInputs.last(of: facts, db, journal: journal)
                    else { continue }
                    #expect(try RecordBundle(inputs, recorded: decision.event, answer: nil).verdict().isSame, "\(id)")
                }
            }
        }
    }

    private func blame(_ user: String, _ scene: Scene) throws -> [BlamedField] {
        let contact = try #require(try facts(user, scene)?.contact)
        let models = try scene.home.models()
        return try models.read { db in try models.journal.read { try Blame.fields(of: contact, db, journal: $0) } }
    }

    private func facts(_ user: String, _ scene: Scene) throws -> RecordFacts? {
        let models = try scene.home.models()
        return try models.read { db in try models.journal.read { try RecordFacts.find(user, db, journal: $0).first } }
    }

    private func histories(_ user: String, _ scene: Scene) throws -> [PersonHistory] {
        let models = try scene.home.models()
        return try models.read { db in try models.journal.read { try PersonHistory.find(user, db, journal: $0) } }
    }

    private func bundle(_ facts: RecordFacts, _ scene: Scene) throws -> RecordBundle? {
        let models = try scene.home.models()
        return try models.read { db in
            try models.journal.read { journal in
                guard let inputs = try DecisionInputs.last(of: facts, db, journal: journal),
                    let decision = facts.chain.decision
                else { return nil }
                return RecordBundle(inputs, recorded: decision.event, answer: facts.chain.answer?.event)
            }
        }
    }
}
