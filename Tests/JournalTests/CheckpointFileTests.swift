import Foundation
import GRDB
import Testing

@testable import Journal

@Suite struct CheckpointFileTests {
    let home: TemporaryHome
    let signer = NoteSigner(name: "foxtrail/a")

    init() throws { home = try TemporaryHome(events: 3) }

    private func sign(_ writer: JournalWriter) throws -> Checkpoint {
        try writer.transaction { _ in }
        return try Checkpoint(origin: "foxtrail/a", size: writer.position.rawValue, root: writer.root, signer: signer)
    }

    /// The journal's file as of now, to be put back later.
    private func copy(to name: String) throws -> String {
        let path = home.path + "/" + name
        try JournalReader.backup(try JournalFile.openForReading(path: JournalFile.path(home: home.path)), to: path)
        return path
    }

    private func restore(_ copy: String) throws {
        let path = JournalFile.path(home: home.path)
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        try FileManager.default.copyItem(atPath: copy, toPath: path)
    }

    @Test func `the last checkpoint is kept, and never an older one over it`() throws {
        let writer = try JournalWriter(home: home.path)
        #expect(try CheckpointFile.read(home: home.path) == nil)
        let first = try sign(writer)
        try TemporaryHome.append(writer, events: 4...9)
        let second = try sign(writer)
        for checkpoint in [second, first] { try writer.keep(checkpoint) }
        #expect(try CheckpointFile.read(home: home.path) == second)
        try writer.keep(first, replacing: true)
        #expect(try CheckpointFile.read(home: home.path) == first)
    }

    @Test func `a journal that is behind its checkpoint is not appended to unless somebody says so`() throws {
        let old = try copy(to: "old.sqlite")
        do {
            let writer = try JournalWriter(home: home.path)
            try TemporaryHome.append(writer, events: 4...9)
            try writer.keep(sign(writer))
        }
        try restore(old)
        #expect(throws: JournalError.behindCheckpoint(events: 3, checkpoint: 9)) { try JournalWriter(home: home.path) }
        // As many events again, and other ones: the salts differ.
        try TemporaryHome.append(JournalWriter(home: home.path, afterRestore: true), events: 4...9)
        #expect(throws: JournalError.forked(checkpoint: 9)) { try JournalWriter(home: home.path) }
    }

    @Test func `a checkpoint file that is none is told, and not taken for none`() throws {
        let path = CheckpointFile.path(home: home.path)
        try Data("foxtrail/a\n".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: JournalError.damagedCheckpoint(path: path)) { try JournalWriter(home: home.path) }
    }

    @Test func `no journal is made where the checkpoint of another one lies`() throws {
        let other = try TemporaryHome(events: 1)
        let writer = try JournalWriter(home: other.path)
        try writer.keep(sign(writer))
        try FileManager.default.removeItem(atPath: JournalFile.path(home: other.path))
        #expect(throws: JournalError.exists(path: CheckpointFile.path(home: other.path))) {
            try JournalWriter(home: other.path, creating: true)
        }
        #expect(!FileManager.default.fileExists(atPath: JournalFile.path(home: other.path)))
    }
}
