import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

/// What must hold whatever happens in a tenant, tried on many small ones.
@Suite struct LawTests {
    @Test(arguments: 1...16)
    func `contacts are what the rules say, and journal, projections and replay agree`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: false)
        var rules = Rulebook()
        var oracle = Oracle()
        let users = turmoil.number(30..<90)
        try await Scene.with(
            users: users, seed: UInt64(seed), pageSize: 20, fields: rules.fields, settings: { rules.write(to: &$0) }
        ) { scene in
            for _ in 0..<4 {
                try await sync(scene, through: &turmoil)
                oracle.sync(scene.simulator, rules)
                try expect(oracle, scene)
                if turmoil.dice.happens(60) { try change(&rules, scene, &turmoil) }
                try turmoil.edit(scene.simulator, times: turmoil.number(0..<40))
            }
            try await sync(scene, through: &turmoil)
            oracle.sync(scene.simulator, rules)
            try expect(oracle, scene)
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }

    @Test(arguments: 101...112)
    func `they agree also where users want each other's addresses`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: true)
        let users = turmoil.number(30..<60)
        try await Scene.with(users: users, seed: UInt64(seed), pageSize: 20) { scene in
            for _ in 0..<5 {
                if turmoil.dice.happens(40) {
                    let email: PropertyPath = turmoil.dice.happens(50) ? "mail" : "userPrincipalName"
                    try scene.save { $0.mapping.email = email }
                }
                try await sync(scene, through: &turmoil)
                try turmoil.edit(scene.simulator, times: turmoil.number(0..<40))
                try await scene.sync { _ in #expect(throws: Never.self) { try meddle(scene, &turmoil) } }
                try turmoil.edit(scene.simulator, times: turmoil.number(0..<40))
            }
            try await scene.sync()
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }

    /// A sync that comes to its end, after trouble that passed and perhaps after a sync that did not.
    private func sync(_ scene: Scene, through turmoil: inout Turmoil) async throws {
        if turmoil.dice.happens(25) {
            scene.simulator.setFaults(turmoil.lastingFaults())
            try await scene.sync()
            // Who was refused may have been switched off.
            if try !scene.tenants[0].isActive { try scene.authorize(at: scene.simulator.baseURL) }
        }
        scene.simulator.setFaults(turmoil.dice.happens(60) ? turmoil.passingFaults() : [])
        let log = try await scene.sync()
        scene.simulator.setFaults([])
        #expect(log.status == .completed, "\(log.reason ?? "")")
    }

    /// An agent at work while a sync runs.
    private func meddle(_ scene: Scene, _ turmoil: inout Turmoil) throws {
        switch turmoil.number(0..<4) {
        case 0: try scene.save { $0.overwriteCustomFields.toggle() }
        case 1: try scene.save { $0.mapping.phones = $0.mapping.phones.isEmpty ? [.mobile: "mobilePhone"] : [:] }
        case 2:
            guard let mail = scene.simulator.anybody(using: &turmoil.dice)?.mail else { return }
            try scene.act { transaction in
                guard try transaction.projector.contacts.row(email: mail) == nil else { return }
                let contact = Contact(id: try transaction.projector.contacts.nextID(), email: mail, name: "By Hand")
                try transaction.append(.contactAdded(.init(contact: contact)), .contact(contact.id))
            }
        default: break
        }
    }

    private func change(_ rules: inout Rulebook, _ scene: Scene, _ turmoil: inout Turmoil) throws {
        switch turmoil.number(0..<9) {
        case 0: rules.mapsMobile.toggle()
        case 1: rules.mapsWork.toggle()
        case 2: rules.mapsDepartment.toggle()
        case 3: rules.mapsBadge.toggle()
        case 4: rules.overwrites.toggle()
        case 5: rules.hasGuests.toggle()
        case 6: rules.hasDisabled.toggle()
        case 7: rules.support = rules.support == nil ? scene.simulator.groups(named: "Support").first : nil
        default:
            rules.requiresDepartment.toggle()
            try scene.act { transaction in
                try transaction.append(.fieldChanged(rules.fields[0]), .field("Department"))
            }
        }
        try scene.save { rules.write(to: &$0) }
    }

    private func expect(_ oracle: Oracle, _ scene: Scene) throws {
        let contacts = try scene.home.contacts()
        let cards = Dictionary(
            uniqueKeysWithValues: contacts.map { ($0.user?.objectID ?? "", Oracle.Card($0.contact)) })
        for (id, card) in oracle.cards { #expect(cards[id] == card) }
        #expect(cards.count == oracle.cards.count)
        let log = try #require(try scene.home.models().read { try SyncLog.fetch($0) })
        #expect(log.totals.failed == oracle.failed.count)
        #expect(log.totals.synced == oracle.selected - oracle.failed.count)
    }
}
