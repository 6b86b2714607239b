import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

/// The guard where contacts live in HappyFox: nothing is asked there for whom it holds.
@Suite struct GuardedDeskTests {
    private func held(_ body: (DeskScene) async throws -> Void) async throws {
        try await DeskScene.with(users: 60) { desk in
            try desk.scene.guardBy(updates: 50)
            #expect(try await desk.sync().totals == .init(new: 60))
            try desk.scene.rename(0..<55, "Renamed")
            desk.desk.forgetRequests()
            let log = try await desk.sync()
            #expect(log.status == .failed && log.totals == .init(existing: 5, failed: 55, held: 55))
            try await body(desk)
            try Laws.expectAll(desk.scene.home)
        }
    }

    private func named(_ desk: DeskScene) -> Int { desk.desk.contacts.count { $0.name.hasPrefix("Renamed") } }

    @Test func `nothing is written or looked at before the guard lets it through`() async throws {
        try await held { desk in
            #expect(desk.requests("POST") == 0 && desk.requests("PUT") == 0)
            #expect(named(desk) == 0)
            #expect(try desk.scene.held()?.isEstimate == true)
            #expect(try await desk.scene.approve().totals == .init(existing: 60))
            #expect(named(desk) == 55)
            try desk.expectEverybodyOnce()
        }
    }

    @Test func `whoever is named is written, and the rest stays held`() async throws {
        try await held { desk in
            let log = try await desk.scene.approve(only: [desk.scene.id(4)])
            #expect(log.totals == .init(existing: 6, failed: 54, held: 54))
            #expect(named(desk) == 1)
            #expect(try await desk.sync().totals.held == 54)
            try desk.scene.guardBy()
            #expect(try await desk.sync().totals == .init(existing: 60))
            try desk.expectEverybodyOnce()
        }
    }

    @Test func `an approval that does not reach HappyFox can be given again`() async throws {
        try await held { desk in
            desk.desk.setFaults([
                Fault(.unavailable, scope: .read, from: 1), Fault(.unavailable, scope: .write, from: 1),
            ])
            let failed = try await desk.scene.approve()
            #expect(failed.status == .failed)
            desk.desk.setFaults([])
            #expect(try await desk.scene.approve().totals == .init(existing: 60))
            #expect(named(desk) == 55)
        }
    }

    @Test func `an edit that is undone frees what it held`() async throws {
        try await DeskScene.with(users: 60) { desk in
            for index in 0..<60 { try desk.scene.simulator.patch(userAt: index, ["jobTitle": "Clerk"]) }
            try desk.scene.guardBy(updates: 20)
            try await desk.sync()
            try desk.scene.save { $0.mapping.name = "jobTitle" }
            #expect(try await desk.sync().totals.held == 60)
            try desk.scene.save { $0.mapping.name = "displayName" }
            #expect(try await desk.sync().totals == .init(existing: 60))
            try desk.expectEverybodyOnce()
        }
    }

    @Test func `an edit holds only those whom it concerns`() async throws {
        try await DeskScene.with(users: 80) { desk in
            for user in desk.scene.simulator.present {
                let title = user.index < 20 ? user.displayName : "Clerk"
                try desk.scene.simulator.patch(id: user.id, ["jobTitle": .string(title)])
            }
            try desk.scene.guardBy(updates: 20)
            try await desk.sync()
            try desk.scene.save { $0.mapping.name = "jobTitle" }
            #expect(try await desk.sync().totals == .init(existing: 20, failed: 60, held: 60))
            #expect(try await desk.scene.approve().totals == .init(existing: 80))
            #expect(desk.desk.contacts.count { $0.name == "Clerk" } == 60)
            try Laws.expectAll(desk.scene.home)
        }
    }

    @Test(arguments: 301...304)
    func `all laws hold through holds, approvals and trouble at HappyFox`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: true)
        var holds = 0
        try await DeskScene.with(users: 70, seed: UInt64(seed)) { desk in
            try await desk.sync()
            for round in 0..<4 {
                try desk.scene.guardBy(updates: 5, creates: 5)
                try turmoil.edit(desk.scene.simulator, times: turmoil.number(0..<30))
                for user in desk.scene.simulator.present {
                    try desk.scene.simulator.patch(id: user.id, ["displayName": .string("Round \(round)")])
                }
                desk.desk.setFaults(turmoil.deskFaults())
                holds += try await desk.sync().totals.held ?? 0
                try Laws.expectAll(desk.scene.home)
                let isHeld = try desk.scene.held() != nil
                if isHeld, turmoil.dice.happens(70) { try await desk.scene.approve() }
                try Laws.expectAll(desk.scene.home)
            }
            desk.desk.setFaults([])
            try desk.scene.guardBy()
            #expect(try await desk.sync().status == .completed)
            desk.desk.forgetRequests()
            try await desk.sync()
            #expect(desk.requests("POST") == 0)
            try Laws.expectAll(desk.scene.home)
        }
        #expect(holds > 0)
    }
}
