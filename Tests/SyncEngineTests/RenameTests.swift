import Projections
import ContactSync
import Simulators
import Testing

/// Users who take each other's addresses between two syncs. In the end no two users share one.
@Suite struct RenameTests {
    /// Everyone of a chain takes the next one's address, the last one a new one; in the order that frees addresses last.
    private func pass(_ chain: Range<Int>, on scene: Scene) throws {
        for index in chain.dropLast() { try scene.setMail(index, scene.mail(index + 1)) }
        try scene.setMail(chain.upperBound - 1, "fresh@contoso.example")
    }

    private func expectEverybodyHasTheirAddress(_ scene: Scene, users: Int) throws {
        for index in 0..<users { #expect(try scene.contact(index)?.email == scene.mail(index)) }
    }

    @Test(arguments: [2, 3, 9])
    func `a chain of renames is followed in one sync`(length: Int) async throws {
        try await Scene.with(users: 20, settings: { $0.mapping.email = "mail" }) { scene in
            try await scene.sync()
            try pass(3..<(3 + length), on: scene)
            #expect(try await scene.sync().totals == .init(existing: 20))
            try expectEverybodyHasTheirAddress(scene, users: 20)
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `so is a long one`() async throws {
        try await Scene.with(users: 20, settings: { $0.mapping.email = "mail" }) { scene in
            try await scene.sync()
            try pass(2..<18, on: scene)
            let log = try await scene.sync()
            #expect(log.totals == .init(existing: 20))
            try Laws.expectReplayAgrees(scene.home)
        }
    }

    @Test(arguments: 2...5)
    func `users who want each other's addresses in a ring move together`(size: Int) async throws {
        try await Scene.with(users: 20, settings: { $0.mapping.email = "mail" }) { scene in
            try await scene.sync()
            let members = (0..<size).map { $0 * 3 + 1 }
            let mails = members.map { scene.mail($0) }
            for (index, member) in members.enumerated() { try scene.setMail(member, mails[(index + 1) % size]) }
            #expect(try await scene.sync().totals == .init(existing: 20))
            try expectEverybodyHasTheirAddress(scene, users: 20)
            try Laws.expectAll(scene.home)
        }
    }

    /// A ring that somebody cannot leave stays as it is, and nobody loses an address.
    @Test func `a ring with a member who fails otherwise stays`() async throws {
        let settings = { (settings: inout TenantSettings) in
            settings.mapping.email = "mail"
            settings.mapping.phones = [.mobile: "mobilePhone"]
        }
        try await Scene.with(users: 12, settings: settings) { scene in
            try await scene.sync()
            let (first, second) = (scene.mail(3), scene.mail(8))
            try scene.simulator.patch(userAt: 3, ["mail": .string(second), "mobilePhone": nil])
            try scene.setMail(8, first)
            #expect(try await scene.sync().totals == .init(existing: 10, failed: 2))
            #expect(try scene.contact(3)?.email == first && scene.contact(8)?.email == second)
            try scene.simulator.patch(userAt: 3, ["mobilePhone": "+49 3"])
            #expect(try await scene.sync().totals == .init(existing: 12))
            try expectEverybodyHasTheirAddress(scene, users: 12)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `two users who swap addresses`() async throws {
        try await Scene.with(users: 12, settings: { $0.mapping.email = "mail" }) { scene in
            try await scene.sync()
            let (first, second) = (scene.mail(3), scene.mail(8))
            try scene.setMail(3, second)
            try scene.setMail(8, first)
            let log = try await scene.sync()
            #expect(log.totals == .init(existing: 12))
            try expectEverybodyHasTheirAddress(scene, users: 12)
            try Laws.expectAll(scene.home)
            try await Laws.expectQuietSync(scene)
        }
    }
}
