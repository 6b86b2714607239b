import ContactSync
import Foundation
import Journal
import Projections
import Simulators
import SyncEngine
import Testing

/// The state at a position is the one that was shown when the journal ended there.
@Suite struct PastTests {
    @Test(arguments: 1...4)
    func `every position of the past is what was shown then`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: true)
        try await Scene.with(users: 12, seed: UInt64(seed), pageSize: 5) { scene in
            var shown: [Int64: [String]] = [:]
            func look() throws { shown[try scene.home.position()] = try Past.dump(scene.home.models()) }
            for round in 0..<4 {
                scene.simulator.setFaults(round == 2 ? turmoil.lastingFaults() : [])
                try await scene.sync { _ in #expect(throws: Never.self) { try look() } }
                try look()
                if try !scene.tenants[0].isActive { try scene.authorize(at: scene.simulator.baseURL) }
                try scene.save { $0.mapping.email = turmoil.dice.happens(50) ? "mail" : "userPrincipalName" }
                try look()
                try turmoil.edit(scene.simulator, times: 8)
            }
            #expect(shown.count >= 10)
            for (position, rows) in shown { #expect(try Past.dump(scene.home, at: position) == rows, "at \(position)") }
            // And between them, where no transaction ended.
            let home = try TemporaryHome()
            try Past.retell(scene.home.events(), in: home) { position in
                guard position % 5 == 0 else { return }
                let then = try Past.dump(home.models())
                #expect(try Past.dump(scene.home, at: position) == then, "at \(position)")
            }
        }
    }

    @Test func `it is also with a help desk elsewhere`() async throws {
        try await DeskScene.with(users: 8) { scene in
            var shown: [Int64: [String]] = [:]
            scene.onProgress = { _ in
                #expect(throws: Never.self) {
                    shown[try scene.scene.home.position()] = try Past.dump(scene.scene.home.models())
                }
            }
            try await scene.sync()
            try scene.scene.rename(2, "Renamed")
            try await scene.sync()
            #expect(!shown.isEmpty)
            for (position, rows) in shown {
                #expect(try Past.dump(scene.scene.home, at: position) == rows, "at \(position)")
            }
        }
    }

    @Test func `a look at the past leaves the home as it is, with projections and without`() async throws {
        try await Scene.with(users: 12) { scene in
            try await scene.sync()
            let home = try scene.home.survivor()
            let bare = try Past.files(home)
            let position = try scene.home.position()
            let contacts = try Past.models(home, "\(position)").read { try Contacts.count($0) }
            #expect(contacts == 12)
            #expect(try Past.models(home, "3").read { try Contacts.count($0) } == 0)
            // SQLite's own index of the log is not the journal's.
            let kept = try Past.files(home).filter { !$0.key.hasSuffix("-shm") }
            #expect(kept == bare)
            _ = try home.models()
            let before = try Past.files(home)
            _ = try Past.models(home, "5").read { try Installation.tenants($0) }
            #expect(
                try Past.files(home).filter { $0.key.hasPrefix("projections") }
                    == before.filter { $0.key.hasPrefix("projections") })
        }
    }

    @Test func `a sync is running in the middle of it, whatever became of it`() async throws {
        try await Scene.with(users: 12, pageSize: 5) { scene in
            try await scene.sync()
            let start = try #require(try scene.home.events().first { $0.type == "syncStarted" }).position.rawValue
            for position in start..<(try scene.home.position()) {
                let log = try Past.models(scene.home, "\(position)").read { try SyncLog.fetch($0) }
                #expect(log?.status == .running)
            }
            #expect(try Past.models(scene.home, "\(start - 1)").read { try SyncLog.fetch($0) } == nil)
        }
    }
}
