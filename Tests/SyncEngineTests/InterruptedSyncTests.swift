import SyncEngine
import ContactSync
import Journal
import Projections
import Simulators
import Testing

/// A machine that dies in the middle of a sync, at every page of it.
@Suite struct InterruptedSyncTests {
    /// The homes as a crash behind each page would have left them.
    private func survivors(of scene: Scene) async throws -> [TemporaryHome] {
        var survivors: [TemporaryHome] = []
        try await scene.sync { _ in
            #expect(throws: Never.self) { survivors.append(try scene.home.survivor()) }
        }
        return survivors
    }

    private func expectRecovery(_ home: TemporaryHome, _ scene: Scene, sync: Int64) async throws {
        let before = try home.position()
        let log = try await scene.sync(store: Store(home: home.path))
        let events = try home.events(after: before)
        #expect(events.first?.type == "syncInterrupted" && events.first?.sync == sync)
        #expect(events.dropFirst().first?.type == "syncStarted" && log.sync == sync + 1)
        try Laws.expectAll(home)
    }

    @Test func `a first sync`() async throws {
        try await Scene.with(users: 45) { scene in
            let survivors = try await survivors(of: scene)
            #expect(survivors.count == 5)
            for home in survivors {
                try await expectRecovery(home, scene, sync: 1)
                #expect(try home.contacts().map(\.contact) == scene.home.contacts().map(\.contact))
            }
        }
    }

    @Test func `a later one`() async throws {
        try await Scene.with(users: 45) { scene in
            try await scene.sync()
            for index in 0..<30 { try scene.rename(index, "Round \(index)") }
            for index in 30..<35 { try scene.simulator.remove(scene.id(index)) }
            let survivors = try await survivors(of: scene)
            #expect(survivors.count == 4)
            for home in survivors {
                try await expectRecovery(home, scene, sync: 2)
                #expect(try home.contacts().map(\.contact) == scene.home.contacts().map(\.contact))
            }
        }
    }

    @Test func `a log that is open says so, and replay counts what was decided`() async throws {
        try await Scene.with(users: 45) { scene in
            let home = try #require(try await survivors(of: scene).dropFirst().first)
            #expect(try home.models().read { try SyncLog.fetch($0)?.status } == .running)
            try await expectRecovery(home, scene, sync: 1)
            #expect(try home.replay().map(\.same) == [20, 25])
        }
    }

    /// Nothing runs any more, and no sync will come that could tell.
    @Test func `an open log is closed also where nothing is left to sync`() async throws {
        try await Scene.with(users: 15) { scene in
            let home = try #require(try await survivors(of: scene).first)
            let store = try Store(home: home.path)
            _ = try store.transact(Occasion(actor: "agent:1", time: 0)) { transaction in
                try transaction.append(.contactSyncDisabled(.init(tenant: scene.tenant)), .tenant(scene.tenant))
            }
            await #expect(throws: SyncError.self) { try await scene.sync(store: store) }
            let status = try home.models().read { try SyncLog.fetch($0)?.status }
            #expect(status == .interrupted)
        }
    }
}
