import ContactSync
import Foundation
import GRDB
import Journal
import Projections
import SyncEngine
import Testing

/// A journal of each format that ever was, as that format's own foxtrail wrote it (`tools/scenarios/journal_fixture.py`):
/// files below Tests/Fixtures/journals that are only ever added.
struct FormatTests {
    static let formats = [1, 2]

    /// A copy of a kept journal with its checkpoint, in a home of its own.
    private func home(_ format: Int) throws -> TemporaryHome {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/journals/format-\(format)")
        let home = try TemporaryHome()
        for name in ["journal.sqlite", "checkpoint"] {
            let copy = home.path + "/" + name
            try FileManager.default.copyItem(atPath: root.appending(path: name).path, toPath: copy)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: copy)
        }
        return home
    }

    private func format(_ home: TemporaryHome) throws -> Int? {
        try JournalFile.openForReading(path: JournalFile.path(home: home.path)).read {
            try Int.fetchOne($0, sql: "PRAGMA user_version")
        }
    }

    private func verify(_ home: TemporaryHome) throws -> Verification {
        let verification = try Verifier.verify(path: JournalFile.path(home: home.path))
        #expect(verification.faults == [])
        let kept = try #require(try CheckpointFile.read(home: home.path))
        try JournalFile.openForReading(path: JournalFile.path(home: home.path)).read { try kept.check($0) }
        return verification
    }

    @Test func `there is a journal of every format`() {
        #expect(Self.formats == Array(1...JournalFile.newestFormat))
    }

    @Test(arguments: formats)
    func `a journal of every format is read as it is`(format: Int) throws {
        let home = try home(format)
        #expect(try self.format(home) == format)
        #expect(try verify(home).events > 40)
        #expect(try home.contacts().count == (format == 1 ? 20 : 19))
        #expect(try home.report().count { !$0.isSynced } == 1)
        let verdicts = try home.replay()
        #expect(verdicts.count == 2)
        #expect(verdicts.allSatisfy { $0.differences.isEmpty && $0.same > 0 })
        #expect(try self.format(home) == format)
    }

    @Test(arguments: formats)
    func `a journal of every format goes on in this one, and what was signed holds`(format: Int) throws {
        let home = try home(format)
        let before = try verify(home)
        let store = try Store(home: home.path)
        _ = try store.transact(Occasion(actor: "agent:1", time: 2_000_000_000_000)) { transaction in
            try transaction.append(
                .agentAdded(.init(agent: 2, email: "bo@acme.example", name: "Bo", role: .agent)), .agent(2))
        }
        #expect(try self.format(home) == JournalFile.newestFormat)
        #expect(try verify(home).events == before.events + 1)
        #expect(try home.models().check() == [])
        #expect(try home.replay().allSatisfy(\.differences.isEmpty))
    }

    @Test func `a newer format is refused by its number, whoever asks`() throws {
        let home = try home(JournalFile.newestFormat)
        let newer = JournalFile.newestFormat + 1
        try DatabaseQueue(path: JournalFile.path(home: home.path)).inDatabase {
            try $0.execute(sql: "PRAGMA user_version = \(newer)")
        }
        #expect(throws: JournalError.newerFormat(version: newer)) { try home.models() }
        #expect(throws: JournalError.newerFormat(version: newer)) { try Store(home: home.path) }
        #expect(throws: JournalError.newerFormat(version: newer)) { try Glance.journal(home: home.path) }
        let verification = try Verifier.verify(path: JournalFile.path(home: home.path))
        #expect(verification.faults.contains { $0.contains("format \(newer)") })
    }
}
