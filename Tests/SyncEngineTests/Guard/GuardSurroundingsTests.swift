import ContactSync
import GRDB
import Projections
import Simulators
import SyncEngine
import Testing

/// The guard beside what else looks at recorded data, or takes some of it away.
@Suite struct GuardSurroundingsTests {
    private func held(_ body: (Scene) async throws -> Void) async throws {
        try await Scene.with(users: 60, settings: { $0.guardLimits = GuardLimits(updates: 50) }) { scene in
            try await scene.sync()
            try scene.rename(0..<55, "Renamed")
            #expect(try await scene.sync().totals.held == 55)
            try await body(scene)
        }
    }

    @Test func `what-if tells what the guard would hold, and shows it all the same`() async throws {
        try await Scene.with(users: 60, settings: { $0.guardLimits = GuardLimits(updates: 50) }) { scene in
            try await scene.sync()
            let rehearsal = try Rehearsal(scene.home.models())
            let log = try scene.whatIf(rehearsal) { $0.mapping.name = "userPrincipalName" }
            let hold = try #require(try rehearsal.read { try Installation.tenants($0)[0].hold })
            #expect(hold.sync == log.sync && hold.held.updates == 60 && hold.held.causes.settings == 60)
            #expect(try rehearsal.differences().count == 60)
        }
    }

    @Test func `so it does on what a sync was told`() async throws {
        try await held { scene in
            let rehearsal = try scene.again(2) { $0.guardLimits = GuardLimits(updates: 95) }
            #expect(try rehearsal.read { try Installation.tenants($0)[0].hold } == nil)
            #expect(try rehearsal.differences().count == 55)
            let limited = try scene.again(2) { $0.guardLimits = GuardLimits(updates: 90) }
            #expect(try limited.read { try Installation.tenants($0)[0].hold }?.sync == 2)
            #expect(try limited.differences().count == 55)
        }
    }

    @Test func `an approval was told nothing, and names the sync that was`() async throws {
        try await held { scene in
            try await scene.approve(only: [scene.id(3)])
            try await scene.approve()
            let journal = try scene.home.models().journal
            let approved = try (1...4).map { sync in try journal.read { try RecordedSync($0, sync)?.approved } }
            #expect(approved == [[], [], [2], [2]])
        }
    }

    @Test func `whoever is erased while held counts no more`() async throws {
        try await held { scene in
            try scene.erase(scene.id(3))
            #expect(
                try scene.home.models().read { try SyncLog.fetch($0)?.totals }
                    == .init(existing: 5, failed: 54, held: 54))
            try Laws.expectAll(scene.home)
            try scene.erase(scene.id(57))
            #expect(
                try scene.home.models().read { try SyncLog.fetch($0)?.totals }
                    == .init(existing: 4, failed: 54, held: 54))
            try Laws.expectAll(scene.home)
            try scene.simulator.remove(scene.id(3))
            try scene.simulator.remove(scene.id(57))
            #expect(try await scene.approve().totals == .init(existing: 58))
            #expect(try scene.named("Renamed") == 54)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `nor does one who waits to be created, nor one whom an approval left held`() async throws {
        try await Scene.with(users: 60, settings: { $0.guardLimits = GuardLimits(creates: 50) }) { scene in
            try await scene.sync()
            for number in 0..<60 { try scene.add(number) }
            #expect(try await scene.sync().totals == .init(existing: 60, failed: 60, held: 60))
            try scene.erase(scene.id(70))
            try Laws.expectAll(scene.home)
            #expect(try await scene.approve(only: [scene.id(71), scene.id(72)]).totals.held == 57)
            try scene.erase(scene.id(73))
            try scene.erase(scene.id(71))
            #expect(
                try scene.home.models().read { try SyncLog.fetch($0)?.totals }
                    == .init(new: 1, existing: 60, failed: 56, held: 56))
            try Laws.expectAll(scene.home)
        }
    }

    @Test(arguments: 401...406)
    func `log, report and totals agree whoever is erased and whatever is held`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: true)
        var holds = 0
        try await Scene.with(
            users: 70, seed: UInt64(seed), pageSize: 30,
            settings: { $0.guardLimits = GuardLimits(updates: 10, creates: 10) }
        ) { scene in
            try await scene.sync()
            for round in 0..<4 {
                try turmoil.edit(scene.simulator, times: turmoil.number(0..<30))
                for user in scene.simulator.present {
                    try scene.simulator.patch(id: user.id, ["displayName": .string("Round \(round)")])
                }
                scene.simulator.setFaults(turmoil.dice.happens(30) ? turmoil.lastingFaults() : [])
                holds += try await scene.sync().totals.held ?? 0
                scene.simulator.setFaults([])
                if try !scene.tenants[0].isActive { try scene.authorize(at: scene.simulator.baseURL) }
                let some = scene.simulator.directory.filter { _ in turmoil.dice.happens(10) }.map(\.id)
                if try scene.held() != nil, turmoil.dice.happens(50) { try await scene.approve(only: some) }
                for user in scene.simulator.directory where turmoil.dice.happens(10) { try scene.erase(user.id) }
                try Laws.expectAll(scene.home)
            }
        }
        #expect(holds > 0)
    }
}
