import Journal
import Projections
import SyncEngine
import Testing

@Suite struct BackupTests {
    @Test func `a backup taken between two pages of a sync is a sound journal`() async throws {
        try await Scene.with(users: 25) { scene in
            let copy = try TemporaryHome()
            let path = JournalFile.path(home: copy.path)
            try await scene.sync { progress in
                guard progress.pages == 2 else { return }
                #expect(throws: Never.self) { try JournalReader.backup(try scene.home.models().journal, to: path) }
            }
            let verification = try Verifier.verify(path: path)
            #expect(verification.faults == [])
            #expect(try copy.events().map(\.salt) == scene.home.events().prefix(Int(verification.events)).map(\.salt))
        }
    }
}
