import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

/// What must hold whatever happens at both ends, tried on many small tenants.
@Suite struct DeskLawTests {
    /// After any trouble a help desk elsewhere holds what one of our own would hold, and what agents entered.
    @Test(arguments: 1...12)
    func `a help desk elsewhere ends as the embedded one does`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: false)
        try await DeskScene.with(
            users: 25, seed: UInt64(seed), pageSize: 10, configure: { $0.behaviour = .any(of: &turmoil.dice) }
        ) { scene in
            let twin = try scene.embeddedTwin()
            var badges: [Int: String] = [:]
            for round in 0..<4 {
                scene.desk.setFaults(turmoil.deskFaults())
                try await scene.sync()
                try Laws.expectAll(scene.scene.home)
                for contact in scene.desk.contacts where badges[contact.id] == nil && turmoil.dice.happens(20) {
                    badges[contact.id] = "B-\(round)-\(contact.id)"
                    try scene.desk.editContact(contact.id) { $0.fields["Badge"] = "B-\(round)-\(contact.id)" }
                }
                try turmoil.edit(scene.scene.simulator, times: turmoil.number(0..<15))
            }
            scene.desk.setFaults([])
            let log = try await scene.sync()
            try await twin.sync()
            #expect(log.status == .completed)
            try Laws.expectAll(scene.scene.home)
            try expectSame(scene, twin)
            for (id, badge) in badges { #expect(scene.desk.contact(id: id)?.fields["Badge"]?.text == badge) }
            scene.desk.forgetRequests()
            #expect(try await scene.sync().totals.failed == log.totals.failed)
            #expect(scene.requests("POST") == 0, "an unchanged world is written to")
        }
    }

    private func expectSame(_ scene: DeskScene, _ twin: Scene) throws {
        let report = try twin.home.report()
        let failed = Set(report.filter { !$0.isSynced }.map(\.objectID))
        #expect(Set(try scene.scene.home.report().filter { !$0.isSynced }.map(\.objectID)) == failed)
        for listed in try twin.home.contacts() {
            let ours = try #require(listed.user)
            // Who fails may have got further in the one than in the other before.
            if failed.contains(ours.objectID) { continue }
            let user = scene.scene.simulator.directory.first { $0.id == ours.objectID }
            guard user?.isPresent == true else { continue }
            let contact = scene.desk.contact(email: listed.contact.email)
            #expect(contact?.name == listed.contact.name)
            #expect(contact?.phones.map(\.number) == listed.contact.phones[.mobile].map { [$0] })
            #expect(contact?.fields["Department"]?.text == listed.contact.customFields["Department"]?.shown)
        }
    }
}

extension HappyFoxSimulator.Behaviour {
    /// One way to read the documentation out of all.
    static func any(of dice: inout SeededGenerator) -> Self {
        var behaviour = Self()
        behaviour.validationStatus = [200, 400, 422][Int.random(in: 0..<3, using: &dice)]
        behaviour.notFoundStatus = [404, 200, 400][Int.random(in: 0..<3, using: &dice)]
        behaviour.resetsFieldsOnEdit = dice.happens(50)
        behaviour.phonesOnEdit = HappyFoxSimulator.PhonesOnEdit.allCases.randomElement(using: &dice) ?? .accepted
        behaviour.bulkErrorKey = dice.happens(50) ? .error : .errors
        behaviour.errorShape = HappyFoxSimulator.ErrorShape.allCases.randomElement(using: &dice) ?? .list
        behaviour.shufflesBulkResults = dice.happens(50)
        behaviour.omitsBulkResult = dice.happens(30) ? 3 : nil
        behaviour.choiceStyle = HappyFoxChoiceStyle.allCases.randomElement(using: &dice) ?? .labelAndID
        behaviour.matchesEmailCase = dice.happens(30)
        behaviour.listsNewestFirst = dice.happens(50)
        return behaviour
    }
}

extension Turmoil {
    /// Trouble at HappyFox for the next sync.
    mutating func deskFaults() -> [Fault] {
        guard dice.happens(70) else { return [] }
        let kinds: [Fault.Kind] = [.drop, .unheard, .unavailable, .gatewayTimeout, .truncate, .notJSON, .throttle]
        let kind = kinds[number(0..<kinds.count)]
        let scope: Fault.Scope = dice.happens(50) ? .read : .write
        return [Fault(kind, scope: scope, at: [number(1..<6)], from: dice.happens(30) ? number(2..<8) : nil)]
    }
}
