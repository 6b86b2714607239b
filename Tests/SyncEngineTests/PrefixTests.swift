import ContactSync
import Journal
import Projections
import Simulators
import SyncEngine
import Testing

/// Any journal that was ever the whole one can be gone on with.
@Suite struct PrefixTests {
    @Test(arguments: 1...2)
    func `every prefix folds, verifies, and a sync on it comes to the same contacts`(seed: Int) async throws {
        try await Scene.with(users: 30, seed: UInt64(seed), pageSize: 8) { scene in
            try await tellStory(scene)
            let expected = try livingContacts(scene.home, scene)
            let ready = try #require(try scene.home.events().last { $0.type == "contactSyncEnabled" }).position.rawValue
            for size in try scene.home.heads() {
                let home = try scene.home.prefix(size: size)
                #expect(try home.models().check() == [])
                guard size >= ready else { continue }
                #expect(try await scene.sync(store: Store(home: home.path)).status == .completed)
                #expect(try livingContacts(home, scene) == expected, "cut behind \(size)")
                try Laws.expectAll(home)
            }
        }
    }

    /// Syncs, renames, removals, a heir, a full read that misses somebody, and a sync that died.
    private func tellStory(_ scene: Scene) async throws {
        try await scene.sync()
        for index in 0..<9 { try scene.rename(index, "Round \(index)") }
        let name = scene.simulator.directory[9].principalName
        try scene.simulator.remove(scene.id(9), permanently: true)
        try scene.simulator.add(["displayName": "The Heir", "userPrincipalName": .string(name)])
        scene.simulator.setFaults([Fault(.unavailable, from: 2)])
        try await scene.sync()
        scene.simulator.setFaults([])
        try await scene.sync()
        try scene.simulator.remove(scene.id(10))
        try scene.simulator.patch(userAt: 11, ["userPrincipalName": "moved@contoso.example"])
        scene.simulator.setFaults([Fault(.gone, at: [1])])
        try await scene.sync()
    }

    /// Names by address, of the users who are there. Contacts of those who left depend on when they did.
    private func livingContacts(_ home: TemporaryHome, _ scene: Scene) throws -> [String: String] {
        let present = Set(scene.simulator.present.map(\.id))
        let contacts = try home.contacts().filter { present.contains($0.user?.objectID ?? "") }
        return Dictionary(uniqueKeysWithValues: contacts.map { ($0.contact.email, $0.contact.name) })
    }
}
