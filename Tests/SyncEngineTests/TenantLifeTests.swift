import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

/// Tenants that come, fail and go, two of one simulator; contacts by `mail`.
@Suite struct TenantLifeTests {
    private func scene(_ body: (Scene, TenantID) async throws -> Void) async throws {
        try await Scene.with(users: 12, tenants: 2, settings: { $0.mapping.email = "mail" }) { scene in
            let second = TenantID(rawValue: scene.simulator.tenants[1].id)
            try authorize(second, scene)
            try await body(scene, second)
        }
    }

    private func authorize(_ second: TenantID, _ scene: Scene) throws {
        try scene.authorize(at: scene.simulator.baseURL, tenant: second, domain: "fabrikam.example")
        try scene.save(tenant: second) { $0.mapping.email = "mail" }
    }

    /// Makes the third user of the second tenant want the address of the first tenant's third.
    private func collide(_ scene: Scene) throws -> (mail: String, first: String, second: String) {
        let mail = scene.mail(3)
        try scene.simulator.patch(userAt: 3, ["mail": .string(mail)], tenant: 1)
        return (mail, scene.id(3), scene.simulator.id(ofUserAt: 3, tenant: 1))
    }

    private func delete(_ tenant: TenantID, _ scene: Scene) throws {
        try scene.act { try $0.append(.tenantDeleted(.init(tenant: tenant)), .tenant(tenant)) }
    }

    @Test func `of two users with one address the first link wins, and both rows tell it`() async throws {
        try await scene { scene, second in
            let (mail, first, other) = try collide(scene)
            #expect(try await scene.sync().totals == .init(new: 23, failed: 1))
            let rows = try scene.home.report().filter { $0.email == mail }
            #expect(rows.map(\.isSynced) == [true, false])
            #expect(rows.first?.result.contains("\(other) of tenant \(second)") == true)
            #expect(rows.last?.result.contains(first) == true)
            #expect(try scene.linked()[first] != nil && scene.linked()[other] == nil)
            try await Laws.expectQuietly(scene)
        }
    }

    @Test func `a deleted tenant's users are out of log and report, and their contacts can be taken over`() async throws
    {
        try await scene { scene, second in
            let (mail, first, other) = try collide(scene)
            try await scene.sync()
            let (contact, before) = (try scene.linked()[first], try scene.home.contacts())
            try delete(scene.tenant, scene)
            #expect(try await scene.sync().totals == .init(existing: 12))
            #expect(try scene.home.report().count == 12 && scene.home.contacts().count == before.count)
            #expect(try contact != nil && scene.linked()[other] == contact && scene.linked()[first] == nil)
            #expect(try scene.home.report().filter { $0.email == mail }.map(\.isSynced) == [true])
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `a tenant that is authorized again after its deletion has its rows and links again`() async throws {
        try await scene { scene, second in
            try await scene.sync()
            let before = try scene.linked()
            try delete(second, scene)
            #expect(try await scene.sync().totals == .init(existing: 12))
            try scene.simulator.patch(userAt: 5, ["displayName": "Meanwhile"], tenant: 1)
            try authorize(second, scene)
            let day = try await scene.watchedSync()
            #expect(day.log.totals == .init(existing: 24) && day.reasons == [nil, .first])
            #expect(try scene.linked() == before && scene.home.report().count == 24)
            #expect(try scene.home.contact(of: scene.simulator.id(ofUserAt: 5, tenant: 1))?.name == "Meanwhile")
            try await Laws.expectQuietly(scene)
        }
    }

    /// What its user had is another's now.
    @Test func `a tenant that is authorized again and cannot be read at first`() async throws {
        try await scene { scene, second in
            let (mail, first, other) = try collide(scene)
            try await scene.sync()
            try delete(scene.tenant, scene)
            try await scene.sync()
            try scene.authorize(at: scene.simulator.baseURL)
            try scene.save { $0.mapping.email = "mail" }
            scene.simulator.setFaults([Fault(.unavailable, at: Array(1...8))])
            #expect(try await scene.sync().status == .failed)
            let rows = try scene.home.report()
            #expect(rows.allSatisfy { !$0.email.isEmpty })
            let log = try await scene.sync()
            #expect(log.totals == .init(existing: 23, failed: 1))
            #expect(try scene.home.report().filter { $0.email == mail }.map(\.isSynced) == [false, true])
            #expect(try scene.linked()[first] == nil && scene.linked()[other] != nil)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `a tenant that fails does not keep the others from being concluded`() async throws {
        try await scene { scene, second in
            try await scene.sync()
            for tenant in [scene.tenant, second] {
                try scene.save(tenant: tenant) { $0.overwriteCustomFields.toggle() }
            }
            try scene.simulator.remove(scene.id(4))
            try scene.simulator.setConsent([], tenant: 1)
            let day = try await scene.watchedSync()
            let tenants = try scene.tenants
            #expect(day.log.status == .failed && day.log.totals == .init(existing: 11, failed: 12))
            #expect(day.removals == [scene.id(4): .softDeleted] && day.reads.map(\.tenant) == [scene.tenant])
            #expect(tenants[0].decidedAt > tenants[0].settingsAt && tenants[1].decidedAt < tenants[1].settingsAt)
            #expect(tenants.map(\.isActive) == [true, false])
            try Laws.expectAll(scene.home)
            try scene.simulator.setConsent(Permission.least, tenant: 1)
            try scene.authorize(at: scene.simulator.baseURL, tenant: second, domain: "fabrikam.example")
            #expect(try await scene.sync().status == .completed)
            #expect(try scene.tenants.allSatisfy { $0.decidedAt > $0.settingsAt })
            try Laws.expectAll(scene.home)
        }
    }
}

extension Laws {
    /// Another sync has nothing to do, and everything agrees.
    fileprivate static func expectQuietly(_ scene: Scene) async throws {
        let day = try await scene.watchedSync()
        #expect(
            day.types == ["syncStarted", "pageRead", "selectionRead", "pageRead", "selectionRead", "syncCompleted"])
        try expectAll(scene.home)
    }
}
