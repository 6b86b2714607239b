import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

/// What must hold whatever happens in a tenant while its guard holds, lets through, and is switched off and on.
@Suite struct GuardLawTests {
    @Test(arguments: 201...206)
    func `journal, projections and replay agree through holds and approvals`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: true)
        let users = turmoil.number(70..<120)
        var holds = 0
        try await Scene.with(users: users, seed: UInt64(seed), pageSize: 30, settings: Self.limit) { scene in
            try await scene.sync()
            for round in 0..<5 {
                try turmoil.edit(scene.simulator, times: turmoil.number(0..<80))
                if round % 2 == 0 { try renameEverybody(scene, round) }
                if turmoil.dice.happens(40) { try change(scene, &turmoil) }
                scene.simulator.setFaults(turmoil.dice.happens(25) ? turmoil.lastingFaults() : [])
                holds += try await scene.sync().totals.held ?? 0
                scene.simulator.setFaults([])
                if try !scene.tenants[0].isActive { try scene.authorize(at: scene.simulator.baseURL) }
                if turmoil.dice.happens(50) { try await approve(scene, &turmoil) }
                if turmoil.dice.happens(20) { try scene.guardBy() }
                try Laws.expectAll(scene.home)
            }
            try scene.guardBy()
            #expect(try await scene.sync().status == .completed)
            #expect(try scene.held() == nil)
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
        #expect(holds > 0, "the seed \(seed) held nobody")
    }

    @Test(arguments: 221...224)
    func `with a guard that lets everything through contacts are those of a sync without one`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: false)
        try await Scene.with(users: turmoil.number(30..<60), seed: UInt64(seed), pageSize: 20) { scene in
            let twin = try scene.twin()
            try twin.save { $0.guardLimits = GuardLimits(updates: 100, creates: 100) }
            for _ in 0..<4 {
                let choice = turmoil.number(0..<4)
                try edit(scene, choice)
                try edit(twin, choice)
                let totals = try await scene.sync().totals
                #expect(try await twin.sync().totals == totals)
                #expect(try cards(twin) == cards(scene))
                #expect(try Set(twin.home.report().map(\.cells)) == Set(scene.home.report().map(\.cells)))
                try turmoil.edit(scene.simulator, times: turmoil.number(0..<40))
            }
            try Laws.expectAll(twin.home)
        }
    }

    private func edit(_ scene: Scene, _ choice: Int) throws {
        try scene.save { settings in
            switch choice {
            case 0: settings.mapping.phones = settings.mapping.phones.isEmpty ? [.mobile: "mobilePhone"] : [:]
            case 1: settings.include = Inclusion(guests: !settings.include.guests, disabled: true)
            default: break
            }
        }
    }

    /// Contacts by their users; the numbers follow from the order in which they were made.
    private func cards(_ scene: Scene) throws -> [String: Contact] {
        Dictionary(
            uniqueKeysWithValues: try scene.home.contacts().map {
                ($0.user?.objectID ?? "", $0.contact.numbered(.unassigned))
            })
    }

    /// More than any limit.
    private func renameEverybody(_ scene: Scene, _ round: Int) throws {
        for user in scene.simulator.present {
            try scene.simulator.patch(id: user.id, ["displayName": .string("Round \(round)")])
        }
    }

    private static func limit(_ settings: inout TenantSettings) {
        settings.guardLimits = GuardLimits(updates: 5, creates: 5)
    }

    private func change(_ scene: Scene, _ turmoil: inout Turmoil) throws {
        let choice = turmoil.number(0..<4)
        try scene.save { settings in
            Self.limit(&settings)
            switch choice {
            case 0: settings.mapping.phones = settings.mapping.phones.isEmpty ? [.mobile: "mobilePhone"] : [:]
            case 1: settings.mapping.email = settings.mapping.email == "mail" ? "userPrincipalName" : "mail"
            case 2: settings.include = Inclusion(guests: !settings.include.guests, disabled: true)
            default: break
            }
        }
    }

    private func approve(_ scene: Scene, _ turmoil: inout Turmoil) async throws {
        guard let hold = try scene.tenants[0].hold, try scene.tenants[0].settingsAt <= hold.since else { return }
        let everybody = scene.simulator.directory.map(\.id)
        let some = everybody.filter { _ in turmoil.dice.happens(30) }
        try await scene.approve(only: turmoil.dice.happens(50) ? some : nil)
    }
}
