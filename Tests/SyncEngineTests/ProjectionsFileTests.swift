import Foundation
import ContactSync
import Journal
import Projections
import SyncEngine
import Testing

/// The projections may be of another moment than the journal, or of another journal.
@Suite struct ProjectionsFileTests {
    private func copyProjections(from home: TemporaryHome, to other: TemporaryHome) throws {
        for suffix in ["", "-wal", "-shm"] {
            let name = "/projections.sqlite" + suffix
            try? FileManager.default.removeItem(atPath: other.path + name)
            try FileManager.default.copyItem(atPath: home.path + name, toPath: other.path + name)
        }
    }

    /// As a crash between the two commits leaves them, or a restored backup.
    @Test func `projections that fell behind take in what they miss`() async throws {
        try await Scene.with(users: 45) { scene in
            let old = try TemporaryHome()
            try await scene.sync { progress in
                guard progress.pages == 2 else { return }
                #expect(throws: Never.self) { try copyProjections(from: scene.home, to: old) }
            }
            let home = try scene.home.survivor()
            try copyProjections(from: old, to: home)
            #expect(try home.contacts().map(\.contact) == scene.home.contacts().map(\.contact))
            #expect(try home.models().check() == [])
            try Laws.expectAll(home)
        }
    }

    @Test func `a sync on projections that fell behind`() async throws {
        try await Scene.with(users: 45) { scene in
            let old = try TemporaryHome()
            try await scene.sync { progress in
                guard progress.pages == 2 else { return }
                #expect(throws: Never.self) { try copyProjections(from: scene.home, to: old) }
            }
            try scene.rename(3, "Renamed")
            let home = try scene.home.survivor()
            try copyProjections(from: old, to: home)
            #expect(try await scene.sync(store: Store(home: home.path)).totals.existing == 45)
            #expect(try home.contact(of: scene.id(3))?.name == "Renamed")
            try Laws.expectAll(home)
        }
    }

    @Test func `projections of a longer journal are not believed`() async throws {
        try await Scene.with(users: 45) { scene in
            var older: TemporaryHome?
            try await scene.sync { progress in
                guard progress.pages == 2 else { return }
                #expect(throws: Never.self) { older = try scene.home.survivor() }
            }
            let home = try #require(older)
            try copyProjections(from: scene.home, to: home)
            let contacts = try home.contacts()
            #expect(contacts.count == 20)
            try await scene.sync(store: Store(home: home.path))
            try Laws.expectAll(home)
        }
    }

    @Test func `nor are those of another journal of the same length`() async throws {
        try await Scene.with(users: 12) { scene in
            try await Scene.with(users: 12, seed: 2) { other in
                try await scene.sync()
                try await other.sync()
                #expect(try scene.home.position() == other.home.position())
                let expected = try scene.home.contacts().map(\.contact.email)
                let home = try scene.home.survivor()
                try copyProjections(from: other.home, to: home)
                let emails = try home.contacts().map(\.contact.email)
                #expect(emails == expected)
            }
        }
    }
}
