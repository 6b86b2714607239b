import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

/// What an agent lets through, and that nothing else comes with it.
@Suite struct ApprovalTests {
    private func held(_ body: (Scene) async throws -> Void) async throws {
        try await Scene.with(users: 60, settings: { $0.guardLimits.updates = 50 }) { scene in
            try await scene.sync()
            try scene.rename(0..<55, "Renamed")
            try await scene.sync()
            try await body(scene)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `everything that was held is decided without a request to Graph`() async throws {
        try await held { scene in
            scene.simulator.forgetRequests()
            try scene.rename([59], "Unmeasured")
            let log = try await scene.approve()
            #expect(log.status == .completed && log.trigger == .approved && log.totals == .init(existing: 60))
            #expect(scene.simulator.requests.isEmpty)
            #expect(try scene.named("Renamed") == 55 && scene.named("Unmeasured") == 0)
            #expect(try scene.held() == nil)
            try await scene.sync()
            #expect(try scene.named("Unmeasured") == 1)
            try await Laws.expectQuietSync(scene)
        }
    }

    @Test func `whoever is named is decided, and the rest stays held`() async throws {
        try await held { scene in
            let log = try await scene.approve(only: [scene.id(3), scene.id(7)])
            #expect(log.status == .completed && log.totals == .init(existing: 7, failed: 53, held: 53))
            #expect(try scene.named("Renamed") == 2)
            #expect(try await scene.sync().totals == .init(existing: 7, failed: 53, held: 53))
            #expect(try await scene.approve().totals == .init(existing: 60))
            try await Laws.expectQuietSync(scene)
        }
    }

    @Test func `whom an edit does not concern is not held for it again after an approval`() async throws {
        try await Scene.with(users: 60, settings: { $0.guardLimits.updates = 50 }) { scene in
            try await scene.sync()
            try scene.save { $0.mapping.phones = [.mobile: "mobilePhone"] }
            try await scene.sync()
            #expect(try await scene.approve(only: [scene.id(3)]).totals == .init(existing: 1, failed: 59, held: 59))
            #expect(try await scene.sync().totals == .init(existing: 1, failed: 59, held: 59))
            #expect(try scene.home.contacts().count { !$0.contact.phones.isEmpty } == 1)
            #expect(try await scene.approve().totals == .init(existing: 60))
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `an edit since then was not measured, and nothing is let through`() async throws {
        try await held { scene in
            try scene.save { $0.mapping.phones = [.mobile: "mobilePhone"] }
            let before = try scene.home.position()
            await #expect(throws: SyncError.self) { try await scene.approve() }
            #expect(try scene.home.position() == before)
            #expect(try await scene.sync().totals.held == 60)
        }
    }

    @Test func `a later sync under the limit takes along what was held`() async throws {
        try await held { scene in
            try scene.guardBy(updates: 100)
            #expect(try await scene.sync().totals == .init(existing: 60))
            #expect(try scene.named("Renamed") == 55 && scene.held() == nil)
        }
    }

    @Test func `two who swap addresses while they are held get each other's when let through`() async throws {
        try await Scene.with(
            users: 60,
            settings: { settings in
                (settings.mapping.email, settings.guardLimits) = ("mail", GuardLimits(updates: 50))
            }
        ) { scene in
            try await scene.sync()
            let mails = (scene.mail(1), scene.mail(2))
            try scene.setMail(1, mails.1)
            try scene.setMail(2, mails.0)
            try scene.rename(0..<55, "Renamed")
            #expect(try await scene.sync().totals.held == 55)
            #expect(try await scene.approve().totals == .init(existing: 60))
            #expect(try scene.contact(1)?.email == mails.1 && scene.contact(2)?.email == mails.0)
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }
}
