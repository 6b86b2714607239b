import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

/// What the guard holds, and what it lets through.
@Suite struct GuardTests {
    @Test func `a sync at the limit is let through, and one record more is held`() async throws {
        try await Scene.with(users: 100, settings: { $0.guardLimits.updates = 60 }) { scene in
            try await scene.sync()
            try scene.rename(0..<60, "Sixty")
            #expect(try await scene.sync().totals == .init(existing: 100))
            #expect(try scene.named("Sixty") == 60)
            try scene.rename(0..<61, "More")
            let log = try await scene.sync()
            #expect(log.status == .failed && log.totals == .init(existing: 39, failed: 61, held: 61))
            #expect(
                log.reason?.contains("held: 61 of 100 contacts would be updated (61 %; the guard allows 60 %)") == true)
            #expect(try scene.named("More") == 0)
            let rows = try scene.home.report().filter { $0.result.hasPrefix("Not synced: held by the guard") }
            #expect(rows.count == 61)
            try Laws.expectAll(scene.home)
        }
    }

    @Test(arguments: [49, 50])
    func `fewer than fifty records are never held`(count: Int) async throws {
        try await Scene.with(users: 60, settings: { $0.guardLimits.updates = 1 }) { scene in
            try await scene.sync()
            try scene.rename(0..<count, "Renamed")
            #expect(try await scene.sync().status == (count < GuardLimits.minimum ? .completed : .failed))
            #expect(try scene.named("Renamed") == (count < GuardLimits.minimum ? count : 0))
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `the first contacts are not held, those that come to them are`() async throws {
        try await Scene.with(users: 60, settings: { $0.guardLimits.creates = 1 }) { scene in
            #expect(try await scene.sync().totals == .init(new: 60))
            for number in 0..<50 { try scene.add(number) }
            let log = try await scene.sync()
            #expect(log.totals == .init(existing: 60, failed: 50, held: 50))
            #expect(try scene.held()?.creates == 50)
            #expect(try scene.home.contacts().count == 60)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `what is held is held again until it is let through, and writes next to nothing`() async throws {
        try await Scene.with(users: 60, settings: { $0.guardLimits.updates = 50 }) { scene in
            try await scene.sync()
            try scene.rename(0..<55, "Renamed")
            try await scene.sync()
            let types = try await scene.home.types { try await scene.sync() }
            #expect(types == ["syncStarted", "pageRead", "selectionRead", "tenantHeld", "syncFailed"])
            try scene.rename([58], "Later")
            #expect(try await scene.sync().totals == .init(existing: 4, failed: 56, held: 56))
            #expect(try scene.named("Later") == 0)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `a guard that is switched off lets everything through at the next sync`() async throws {
        try await Scene.with(users: 60, settings: { $0.guardLimits.updates = 50 }) { scene in
            try await scene.sync()
            try scene.rename(0..<55, "Renamed")
            try await scene.sync()
            try scene.guardBy()
            let types = try await scene.home.types { try await scene.sync() }
            #expect(types.count { $0 == "contactUpdated" } == 55 && !types.contains("userFetched"))
            #expect(try scene.held() == nil)
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `an edit that is undone frees what it held`() async throws {
        try await Scene.with(users: 60, settings: { $0.guardLimits.updates = 50 }) { scene in
            try await scene.sync()
            try scene.save { $0.mapping.phones = [.mobile: "mobilePhone"] }
            #expect(try await scene.sync().totals.held == 60)
            try scene.save { $0.mapping.phones = [:] }
            #expect(try await scene.sync().totals == .init(existing: 60))
            #expect(try scene.held() == nil)
            #expect(try scene.home.contacts().allSatisfy { $0.contact.phones.isEmpty })
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `a staged sync that is let through decides as any other`() async throws {
        try await Scene.with(users: 40) { scene in
            let twin = try scene.twin()
            try twin.guardBy(updates: 50, creates: 50)
            for _ in 0..<2 {
                #expect(try await scene.sync().totals == twin.sync().totals)
                try scene.rename(0..<9, "Renamed")
                try scene.simulator.patch(userAt: 3, ["userPrincipalName": "moved@contoso.example"])
                try scene.save { $0.mapping.phones = [.mobile: "mobilePhone"] }
                try twin.save { $0.mapping.phones = [.mobile: "mobilePhone"] }
            }
            #expect(try scene.home.contacts().map(\.contact) == twin.home.contacts().map(\.contact))
            try await Laws.expectQuietSync(twin)
            try Laws.expectAll(twin.home)
        }
    }
}

extension Scene {
    func add(_ number: Int) throws {
        try simulator.add([
            "displayName": .string("Added \(number)"), "userPrincipalName": .string("added\(number)@contoso.example"),
        ])
    }
}
