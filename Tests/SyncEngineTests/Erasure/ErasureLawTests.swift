import ContactSync
import Journal
import Projections
import Simulators
import SyncEngine
import Testing

/// What must hold whoever is erased and whenever.
@Suite struct ErasureLawTests {
    /// What was ever read of whom: a word that two have is not one person's.
    private struct Words {
        private var holders: [String: Set<String>] = [:]

        mutating func look(at simulator: RunningSimulator) {
            for user in simulator.directory {
                let words = [
                    user.principalName, user.displayName, user.mail, user.mobilePhone, user.businessPhone,
                ].compactMap { $0 }
                for word in words { holders[word.lowercased(), default: []].insert(user.id) }
                for word in words { original[word.lowercased()] = word }
            }
        }
        private var original: [String: String] = [:]

        func only(of user: String) -> [String] {
            holders.filter { $0.value == [user] && $0.key.count > 4 }.compactMap { original[$0.key] }
        }
    }

    @Test(arguments: 301...312)
    func `nothing of them is left, and journal, projections and replay agree`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: seed % 2 == 0)
        var words = Words()
        var erased: Set<String> = []
        try await Scene.with(
            users: turmoil.number(20..<50), seed: UInt64(seed), pageSize: 20,
            settings: { $0.mapping.phones = [.mobile: "mobilePhone"] }
        ) { scene in
            for round in 0..<5 {
                words.look(at: scene.simulator)
                try await scene.sync()
                // Whoever is still there has come back.
                erased = erased.filter { id in !scene.simulator.directory.contains { $0.id == id && $0.isPresent } }
                for _ in 0..<turmoil.number(1..<4) {
                    guard let user = scene.simulator.directory.randomElement(using: &turmoil.dice) else { continue }
                    try scene.erase(user.id)
                    erased.insert(user.id)
                }
                for id in erased {
                    for word in words.only(of: id) {
                        #expect(try scene.home.files(holding: word) == [], "round \(round): \(word) of \(id)")
                    }
                }
                try Laws.expectAll(scene.home)
                try turmoil.edit(scene.simulator, times: turmoil.number(0..<20))
            }
            try await scene.sync()
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }
}
