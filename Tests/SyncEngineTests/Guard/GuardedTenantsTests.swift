import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

/// A tenant with a guard beside one without, contacts by `mail`.
@Suite struct GuardedTenantsTests {
    private let second = TenantID(rawValue: "22222222-0000-4ccc-9ddd-111122223333")

    private func scene(_ body: (Scene, RunningSimulator) async throws -> Void) async throws {
        var configuration = EntraSimulator.Configuration()
        (configuration.users, configuration.seed, configuration.clean) = (60, 2, true)
        (configuration.tenantID, configuration.defaultDomain) = (second.rawValue, "fabrikam.example")
        try await EntraSimulator.with(configuration) { other in
            try await Scene.with(
                users: 60, settings: { ($0.mapping.email, $0.guardLimits) = ("mail", GuardLimits(updates: 50)) }
            ) { scene in
                try scene.authorize(at: other.baseURL, tenant: second, domain: "fabrikam.example")
                try scene.save(tenant: second) { $0.mapping.email = "mail" }
                try await scene.sync()
                try await body(scene, other)
                try Laws.expectAll(scene.home)
            }
        }
    }

    @Test func `the other one goes on`() async throws {
        try await scene { scene, other in
            try scene.rename(0..<55, "Here")
            for index in 0..<55 { try other.patch(userAt: index, ["displayName": .string("There \(index)")]) }
            let log = try await scene.sync()
            #expect(log.totals == .init(existing: 65, failed: 55, held: 55))
            #expect(try scene.named("Here") == 0 && scene.named("There") == 55)
            #expect(try await scene.approve().totals == .init(existing: 60))
            #expect(try scene.named("Here") == 55)
        }
    }

    @Test func `one that could not be read stays held`() async throws {
        try await scene { scene, other in
            try scene.rename(0..<55, "Here")
            try await scene.sync()
            scene.simulator.setFaults([Fault(.unavailable)])
            let log = try await scene.sync()
            #expect(log.totals == .init(existing: 60, failed: 60, held: 55))
            scene.simulator.setFaults([])
            try await scene.approve()
            #expect(try scene.named("Here") == 55)
        }
    }

    @Test func `an address that a held user is to give up is not taken`() async throws {
        try await scene { scene, other in
            let mail = scene.mail(1)
            let theirs = try #require(other.directory[1].mail)
            try scene.rename(0..<55, "Here")
            try scene.setMail(1, theirs)
            try other.patch(userAt: 1, ["mail": .string(mail)])
            let log = try await scene.sync()
            #expect(log.totals == .init(existing: 64, failed: 56, held: 55))
            #expect(try scene.contact(1)?.email == mail)
            try await scene.approve()
            try await scene.sync()
            #expect(try scene.contact(1)?.email == theirs)
            #expect(try scene.home.contact(of: other.id(ofUserAt: 1))?.email == mail)
        }
    }

    @Test func `nor that of one who waits for theirs, and cannot move while the others are held`() async throws {
        try await scene { scene, other in
            let mail = scene.mail(58)
            let theirs = try #require(other.directory[1].mail)
            try scene.setMail(58, theirs)
            #expect(try await scene.sync().totals.failed == 1)
            try scene.rename(0..<55, "Here")
            try other.patch(userAt: 1, ["mail": .string(mail)])
            #expect(try await scene.sync().totals == .init(existing: 63, failed: 57, held: 55))
            #expect(try scene.contact(58)?.email == mail)
            try await scene.approve()
            #expect(try await scene.sync().totals == .init(existing: 120))
            #expect(try scene.contact(58)?.email == theirs)
        }
    }
}
