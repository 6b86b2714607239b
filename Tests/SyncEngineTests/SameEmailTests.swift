import ContactSync
import Projections
import Simulators
import Testing

/// Contacts by `mail`, which Entra lets two users share.
@Suite struct SameEmailTests {
    private func scene(_ body: (Scene) async throws -> Void) async throws {
        try await Scene.with(users: 24, settings: { $0.mapping.email = "mail" }, body)
    }

    private func reason(_ index: Int, _ scene: Scene) -> String {
        "Same email as another user: \(scene.id(index)) of tenant \(scene.tenant) comes first"
    }

    private func note(_ index: Int, _ scene: Scene) -> String {
        "Same email as another user: \(scene.id(index)) of tenant \(scene.tenant) comes after this one"
    }

    /// The rows that say something, in the report's order.
    private func results(_ scene: Scene) throws -> [String] {
        try scene.home.report().map(\.result).filter { $0 != "" }
    }

    @Test func `of two new users with one address the first one gets the contact, and both rows say so`() async throws {
        try await scene { scene in
            try scene.setMail(15, scene.mail(2).uppercased())
            let log = try await scene.sync()
            #expect(log.totals == .init(new: 23, failed: 1))
            #expect(try results(scene) == [note(15, scene), reason(2, scene)])
            #expect(try scene.contact(15) == nil)
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `the link that was there wins over who was fetched first`() async throws {
        try await scene { scene in
            try await scene.sync()
            let before = try scene.contact(1)
            try scene.setMail(1, scene.mail(15))
            #expect(try await scene.sync().totals == .init(existing: 23, failed: 1))
            #expect(try results(scene) == [reason(15, scene), note(1, scene)])
            #expect(try scene.contact(1) == before)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `when the holder moves away the other heals in the same sync`() async throws {
        try await scene { scene in
            try scene.setMail(15, scene.mail(2))
            try await scene.sync()
            let wanted = scene.mail(2)
            try scene.setMail(2, "moved@contoso.example")
            #expect(try await scene.sync().totals == .init(new: 1, existing: 23))
            #expect(try scene.contact(15)?.email == wanted)
            #expect(try scene.contact(2)?.email == "moved@contoso.example")
            #expect(try results(scene) == [])
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `when the holder is deleted the other takes over the contact`() async throws {
        try await scene { scene in
            try scene.setMail(15, scene.mail(2))
            try await scene.sync()
            let contact = try scene.contact(2)
            try scene.simulator.remove(scene.id(2))
            #expect(try await scene.sync().totals == .init(existing: 23))
            #expect(try scene.contact(15)?.id == contact?.id)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `an agent's own contact is adopted and keeps what Entra ID does not know`() async throws {
        try await scene { scene in
            let own = Contact(
                id: .init(rawValue: 1), email: scene.mail(4).uppercased(), name: "By Hand", phones: [.home: "1"])
            try scene.act { try $0.append(.contactAdded(.init(contact: own)), .contact(own.id)) }
            #expect(try await scene.sync().totals == .init(new: 23, existing: 1))
            let adopted = try #require(try scene.contact(4))
            #expect(adopted.id == own.id && adopted.phones == own.phones)
            #expect(adopted.name == scene.simulator.directory[4].displayName)
            try Laws.expectAll(scene.home)
        }
    }

    /// Neither has the contact, so each is found wanting for itself alone.
    @Test func `two users who fail anyway name each other too`() async throws {
        try await scene { scene in
            try scene.save { $0.mapping.phones = [.mobile: "mobilePhone"] }
            try scene.setMail(15, scene.mail(2))
            for index in [2, 15] { try scene.simulator.patch(userAt: index, ["mobilePhone": nil]) }
            try await scene.sync()
            let failed = try scene.home.report().filter { !$0.isSynced }.map(\.result)
            #expect(failed.count == 2)
            #expect(failed.allSatisfy { $0.contains("Same email") })
        }
    }
}
