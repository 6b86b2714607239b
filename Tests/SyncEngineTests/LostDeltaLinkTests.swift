import Journal
import Projections
import ContactSync
import Simulators
import Testing

@Suite struct LostDeltaLinkTests {
    @Test(arguments: [Fault.Kind.expiredDelta, .gone])
    func `a refused delta link leads to a full read that loses and doubles nobody`(kind: Fault.Kind) async throws {
        try await Scene.with(users: 25) { scene in
            try await scene.sync()
            let before = try scene.home.contacts().map { "\($0.contact.id) \($0.user?.objectID ?? "")" }
            try scene.rename(2, "Somebody Else")
            scene.simulator.setFaults([Fault(kind, at: [1])])
            let types = try await scene.home.types { try await scene.sync() }
            #expect(types.filter { $0 == "pageRead" }.count == 3)
            #expect(types.filter { $0 == "userFetched" || $0 == "userRemoved" } == ["userFetched"])
            #expect(try scene.home.contacts().map { "\($0.contact.id) \($0.user?.objectID ?? "")" } == before)
            #expect(try scene.contact(2)?.name == "Somebody Else")
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `who is missing in a full read is removed, and the contact stays`() async throws {
        try await Scene.with(users: 25) { scene in
            try await scene.sync()
            let contact = try scene.contact(7)
            try scene.simulator.remove(scene.id(7))
            scene.simulator.setFaults([Fault(.gone, at: [1])])
            let before = try scene.home.position()
            let log = try await scene.sync()
            let removed = try scene.home.events(after: before).filter { $0.type == "userRemoved" }
            #expect(removed.map { $0.data.map { String(decoding: $0, as: UTF8.self) } } == [#"{"cause":"missing"}"#])
            #expect(removed.first?.subject?.hasSuffix(scene.id(7)) == true)
            #expect(log.totals == .init(existing: 24))
            #expect(try contact != nil && scene.contact(7) == contact)
            try Laws.expectAll(scene.home)
        }
    }

    @Test(arguments: [false, true])
    func `a removed user who comes back has the old contact`(throughFullRead: Bool) async throws {
        try await Scene.with(users: 25) { scene in
            try await scene.sync()
            let contact = try scene.contact(7)
            try scene.simulator.remove(scene.id(7))
            #expect(try await scene.sync().totals == .init(existing: 24))
            try scene.simulator.restore(scene.id(7))
            if throughFullRead { scene.simulator.setFaults([Fault(.expiredDelta, at: [1])]) }
            #expect(try await scene.sync().totals == .init(existing: 25))
            #expect(try contact != nil && scene.contact(7) == contact)
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `a new user with the address of a removed one takes over the contact`() async throws {
        try await Scene.with(users: 12) { scene in
            try await scene.sync()
            let contact = try #require(try scene.contact(4))
            let heir = try recreate(scene, 4)
            let log = try await scene.sync()
            #expect(log.totals == .init(existing: 12))
            #expect(try scene.home.contact(of: heir)?.id == contact.id)
            #expect(try scene.home.contact(of: heir)?.name == "The Heir")
            #expect(try scene.contact(4) == nil)
            try Laws.expectAll(scene.home)
        }
    }

    /// Deletes a user and makes another one of the same name.
    private func recreate(_ scene: Scene, _ index: Int) throws -> String {
        let name = scene.simulator.directory[index].principalName
        try scene.simulator.remove(scene.id(index), permanently: true)
        return try scene.simulator.add(["displayName": "The Heir", "userPrincipalName": .string(name)])
    }
}
