import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

/// Two tenants beside each other, contacts by `mail`.
@Suite struct SeveralTenantsTests {
    private let second = TenantID(rawValue: "22222222-0000-4ccc-9ddd-111122223333")

    private func scene(_ body: (Scene, RunningSimulator) async throws -> Void) async throws {
        var configuration = EntraSimulator.Configuration()
        (configuration.users, configuration.seed, configuration.clean) = (12, 2, true)
        (configuration.tenantID, configuration.defaultDomain) = (second.rawValue, "fabrikam.example")
        try await EntraSimulator.with(configuration) { other in
            try await Scene.with(users: 12, settings: { $0.mapping.email = "mail" }) { scene in
                try scene.authorize(at: other.baseURL, tenant: second, domain: "fabrikam.example")
                try scene.save(tenant: second) { $0.mapping.email = "mail" }
                try await body(scene, other)
            }
        }
    }

    @Test func `each is read by its own delta link`() async throws {
        try await scene { scene, other in
            #expect(try await scene.sync().totals == .init(new: 24))
            try other.patch(userAt: 3, ["displayName": "There"])
            let types = try await scene.home.types { try await scene.sync() }
            #expect(types.filter { $0 == "userFetched" }.count == 1)
            #expect(types.filter { $0 == "selectionRead" }.count == 2)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `one that cannot be read fails for itself`() async throws {
        try await scene { scene, other in
            try await scene.sync()
            try scene.rename(3, "Here")
            try other.patch(userAt: 3, ["displayName": "There"])
            scene.simulator.setFaults([Fault(.unavailable)])
            let log = try await scene.sync()
            #expect(log.status == .failed && log.totals == .init(existing: 24))
            #expect(try scene.home.contact(of: other.id(ofUserAt: 3))?.name == "There")
            #expect(try scene.contact(3)?.name != "Here")
            try Laws.expectAll(scene.home)
            scene.simulator.setFaults([])
            #expect(try await scene.sync().status == .completed)
            #expect(try scene.contact(3)?.name == "Here")
        }
    }

    @Test func `an address that the second one frees heals a user of the first`() async throws {
        try await scene { scene, other in
            try await scene.sync()
            let wanted = try #require(other.directory[5].mail)
            try scene.setMail(3, wanted)
            #expect(try await scene.sync().totals == .init(existing: 23, failed: 1))
            try other.patch(userAt: 5, ["mail": "moved@fabrikam.example"])
            let log = try await scene.sync()
            #expect(log.totals == .init(existing: 24))
            try Laws.expectReplayAgrees(scene.home)
        }
    }

    /// The records of a sync are the users of the tenants that it reads.
    @Test func `users of a tenant that is switched off are no records of the sync`() async throws {
        try await scene { scene, _ in
            try await scene.sync()
            let disabled = TenantDisabled(tenant: second, reason: "by hand", aadsts: nil, advice: "")
            try scene.act { try $0.append(.tenantDisabled(disabled), .tenant(second)) }
            let log = try await scene.sync()
            let rows = try scene.home.report()
            #expect(try scene.home.contacts().count == 24)
            #expect(log.totals == .init(existing: 12))
            #expect(rows.count == 12)
        }
    }

    @Test func `a contact that an agent adds while the second one is read`() async throws {
        try await scene { scene, _ in
            let mail = scene.mail(3)
            try scene.simulator.patch(userAt: 3, ["displayName": " "])
            try await scene.sync()
            try await scene.sync { progress in
                guard progress.tenant == "fabrikam.example", progress.pages == 1 else { return }
                let own = Contact(id: .init(rawValue: 1000), email: mail, name: "By Hand")
                #expect(throws: Never.self) {
                    try scene.act { try $0.append(.contactAdded(.init(contact: own)), .contact(own.id)) }
                }
            }
            try Laws.expectReplayAgrees(scene.home)
        }
    }
}
