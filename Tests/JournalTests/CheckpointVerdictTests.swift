import ContactSync
import Foundation
import GRDB
import Testing

@testable import Journal

@Suite struct CheckpointVerdictTests {
    let home: TemporaryHome
    let signer = NoteSigner(name: "foxtrail/one")

    /// A journal with a name, and some three hundred events.
    init() throws {
        home = try TemporaryHome(opening: "one")
        try TemporaryHome.append(JournalWriter(home: home.path), events: 2...300)
    }

    private func head(_ home: TemporaryHome, origin: String = "foxtrail/one") throws -> Checkpoint {
        let writer = try JournalWriter(home: home.path)
        try writer.transaction { _ in }
        return try Checkpoint(origin: origin, size: writer.position.rawValue, root: writer.root, signer: signer)
    }

    private func verdict(_ checkpoint: Checkpoint, _ home: TemporaryHome) throws -> CheckpointVerdict {
        try JournalFile.openForReading(path: JournalFile.path(home: home.path)).read { try checkpoint.verdict($0) }
    }

    private func copy(_ home: TemporaryHome) throws -> TemporaryHome {
        let other = try TemporaryHome()
        try JournalReader.backup(
            try JournalFile.openForReading(path: JournalFile.path(home: home.path)),
            to: JournalFile.path(home: other.path))
        return other
    }

    @Test func `a journal that only grew holds every checkpoint of its past`() throws {
        var past = [try head(home)]
        for last in [301, 511, 512, 513, 800] {
            try TemporaryHome.append(JournalWriter(home: home.path), events: (past.count + 1000)...(last + 1000))
            past.append(try head(home))
        }
        for checkpoint in past { #expect(try verdict(checkpoint, home) == .consistent) }
    }

    @Test func `an older copy is truncated, and once it grew, a fork`() throws {
        let old = try copy(home)
        try TemporaryHome.append(JournalWriter(home: home.path), events: 301...400)
        let checkpoint = try head(home)
        #expect(try verdict(checkpoint, old) == .truncated(events: 300))
        try TemporaryHome.append(JournalWriter(home: old.path), events: 301...350)
        #expect(try verdict(checkpoint, old) == .truncated(events: 350))
        try TemporaryHome.append(JournalWriter(home: old.path), events: 351...450)
        #expect(try verdict(checkpoint, old) == .forked)
    }

    @Test(arguments: [5, 200]) func `an older copy that says so is rolled back`(_ later: Int) throws {
        let old = try copy(home)
        try TemporaryHome.append(JournalWriter(home: home.path), events: 301...400)
        let checkpoint = try head(home)
        let event = CheckpointSigned(
            head: .init(size: 300, root: ""), key: "", abandoned: .init(size: checkpoint.size, root: ""))
        try old.append(.checkpointSigned(event))
        try TemporaryHome.append(JournalWriter(home: old.path), events: 1...later)
        #expect(try verdict(checkpoint, old) == .rolledBack(recordedAt: Position(rawValue: 301), from: 300))
        #expect(try verdict(head(old), old) == .consistent)
    }

    @Test func `the checkpoint of another journal is told from a fork`() throws {
        #expect(
            try verdict(head(home, origin: "foxtrail/two"), home) == .another(origin: "foxtrail/one"))
    }
}
