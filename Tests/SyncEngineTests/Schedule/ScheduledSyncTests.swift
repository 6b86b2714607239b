import ContactSync
import Foundation
import GRDB
import Projections
import SyncEngine
import Testing

/// The schedule as the journal tells it, over real syncs.
@Suite struct ScheduledSyncTests {
    private func due(_ scene: Scene) throws -> Bool {
        let now = scene.clock.time
        return try scene.home.models().read { try Schedule($0, now: now) }.due(at: now, isSyncing: false) != nil
    }

    private func runDue(_ scene: Scene) async throws -> SyncLog {
        try await scene.syncer().runDue(at: scene.clock.time, actor: "foxtrail")
    }

    /// The clock of scenes stands in 2023, by which nothing is due.
    private func with(_ body: (Scene) async throws -> Void) async throws {
        try await Scene.with(users: 20) { scene in
            scene.wait(days: 1200)
            // Switched on anew, now that the clock is right.
            try scene.save { $0.contactSync = false }
            try scene.save { _ in }
            try await body(scene)
        }
    }

    @Test func `a day's sync runs once, and those by hand do not count`() async throws {
        try await with { scene in
            try await scene.sync()
            #expect(try !due(scene))
            await #expect(throws: SyncError.self) { try await runDue(scene) }
            for day in 1...2 {
                scene.wait(days: Int64(day))
                try await scene.sync()
                #expect(try due(scene))
                let log = try await runDue(scene)
                #expect(log.trigger == .schedule && log.status == .completed && log.totals.existing == 20)
                #expect(try !due(scene))
                let position = try scene.home.position()
                await #expect(throws: SyncError.self) { try await runDue(scene) }
                #expect(try scene.home.position() == position)
            }
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `a failed sync was that day's, a killed one was not`() async throws {
        try await with { scene in
            try await scene.sync()
            scene.wait(days: 1)
            let started = SyncStarted(trigger: .schedule, engine: Syncer.engineVersion, tenants: [scene.tenant])
            try scene.act(sync: 2) { try $0.append(.syncStarted(started), nil) }
            #expect(try due(scene))
            // Nobody listens there.
            try scene.authorize(at: "http://127.0.0.1:9")
            let log = try await runDue(scene)
            #expect(log.status == .failed && log.sync == 3)
            #expect(try !due(scene))
        }
    }

    @Test func `what is switched on again waits for the next midnight, and a renewed secret makes up for the last`()
        async throws
    {
        func disable(_ scene: Scene) throws {
            let event = Event.tenantDisabled(.init(tenant: scene.tenant, reason: "off", aadsts: nil, advice: ""))
            _ = try scene.act { try $0.append(event, .tenant(scene.tenant)) }
        }
        let returns: [(leave: (Scene) throws -> Void, back: (Scene) throws -> Void)] = [
            (
                disable,
                { scene in
                    let event = Event.tenantEnabled(.init(tenant: scene.tenant))
                    _ = try scene.act { try $0.append(event, .tenant(scene.tenant)) }
                }
            ),
            (disable, { try $0.authorize(at: "http://127.0.0.1:9") }),
            (
                { scene in _ = try scene.act { try $0.append(.appUninstalled, .app) } },
                { scene in _ = try scene.act { try $0.append(.appInstalled, .app) } }
            ),
        ]
        for (leave, back) in returns {
            try await with { scene in
                try leave(scene)
                scene.wait(days: 2)
                #expect(try !due(scene))
                try back(scene)
                #expect(try !due(scene))
                scene.wait(days: 1)
                #expect(try due(scene))
                try scene.authorize(at: "http://127.0.0.1:9")
                #expect(try due(scene))
                try Laws.expectAll(scene.home)
            }
        }
    }

    @Test func `another time zone counts from the next day`() async throws {
        try await with { scene in
            let before = scene.clock.time
            var account = try #require(try scene.home.models().read { try Installation.account($0) })
            account.timeZone = "Asia/Tokyo"
            try scene.act { try $0.append(.accountChanged(.init(account: account)), .account) }
            let facts = try scene.home.models().read { try ScheduleFacts.fetch($0) }
            #expect(facts.zones.map(\.zone) == ["UTC", "Asia/Tokyo"])
            let next = try #require(try Schedule(facts, now: scene.clock.time).next(after: before))
            #expect(next.offset == 9 * 3600 && next.oddities == [.zoneChanged(from: "UTC")])
            // Another name is no other zone.
            account.name = "Other"
            try scene.act { try $0.append(.accountChanged(.init(account: account)), .account) }
            #expect(try scene.home.models().read { try ScheduleFacts.fetch($0) } == facts)
        }
    }
}
