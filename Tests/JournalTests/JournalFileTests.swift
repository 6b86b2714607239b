import Crypto
import Foundation
import GRDB
import Testing

@testable import Journal

@Suite struct JournalFileTests {
    let home: TemporaryHome
    var path: String { JournalFile.path(home: home.path) }

    init() throws { home = try TemporaryHome(events: 3) }

    /// A schema that is written into journals must not change under them: what is new goes into a migration of its own.
    @Test func `an applied migration stays as it is`() {
        let digests = JournalFile.migrations.map { Hash(SHA256.hash(data: Array($0.utf8))).description }
        #expect(
            digests == [
                "9539e3cd66ce0f2e4d7f47543a656d91be57da2b6d9645f3c9922883e8582d8e",
                "9ca875eb591649dadc82888e71750fcfc91a7ccf25817e3fc494d8d5e8cef35b",
            ])
    }

    @Test func `only its owner can read a journal, its log or its backup`() throws {
        let writer = try JournalWriter(home: home.path)
        try TemporaryHome.append(writer, events: 4...4)
        let backup = home.path + "/backup.sqlite"
        try JournalReader.backup(try JournalFile.openForReading(path: path), to: backup)
        for file in [path, path + "-wal", path + "-shm", backup] {
            let rights = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(rights == 0o600, "\(file)")
        }
        #expect(try Verifier.verify(path: backup).faults == [])
    }

    @Test func `a file that exists is not written over`() throws {
        let backup = home.path + "/backup.sqlite"
        let journal = try JournalFile.openForReading(path: path)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: backup))
        #expect(throws: JournalError.exists(path: backup)) { try JournalReader.backup(journal, to: backup) }
        #expect(FileManager.default.contents(atPath: backup) == Data("mine".utf8))
    }

    @Test func `a file that cannot be finished does not stay`() throws {
        struct Stop: Error {}
        let before = try FileManager.default.contentsOfDirectory(atPath: home.path)
        #expect(throws: Stop.self) {
            let file = home.path + "/new.sqlite"
            try NewFile.make(file) {
                try DatabaseQueue(path: file).write { try $0.execute(sql: "CREATE TABLE new (id)") }
                throw Stop()
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: home.path).sorted() == before.sorted())
    }

    @Test func `a journal that cannot be read is told from none`() throws {
        let loop = home.path + "/loop"
        try FileManager.default.createSymbolicLink(atPath: loop, withDestinationPath: loop)
        for (path, error) in [
            (home.path, JournalError.system(operation: "read", path: home.path, code: EISDIR)),
            (loop, .system(operation: "read", path: loop, code: ELOOP)),
            (home.path + "/none", .notFound(path: home.path + "/none")),
            (path + "/below", .notFound(path: path + "/below")),
        ] {
            #expect(throws: error) { try JournalFile.openForReading(path: path) }
            #expect(throws: error) { try Verifier.verify(path: path) }
        }
    }

    @Test func `what is wrong with a file is said in words`() throws {
        let other = home.path + "/other.sqlite"
        try DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE other (id)") }
        #expect(
            try Verifier.verify(path: other).faults.first
                == "the journal cannot be read: \(other) is not a Foxtrail journal")
    }

    @Test func `a size without a recorded head has no root`() throws {
        let journal = try JournalFile.openForReading(path: path)
        #expect(try journal.read { try JournalReader.root($0, size: Position(rawValue: 3)) } != nil)
        #expect(try journal.read { try JournalReader.root($0, size: Position(rawValue: 2)) } == nil)
    }
}
