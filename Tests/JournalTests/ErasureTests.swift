import ContactSync
import Foundation
import GRDB
import Testing

@testable import Journal

@Suite struct ErasureTests {
    let home: TemporaryHome
    var path: String { JournalFile.path(home: home.path) }

    /// Events 1 to 600, of which 3 and 400 are Ann's.
    init() throws {
        home = try TemporaryHome(opening: "one")
        let writer = try JournalWriter(home: home.path)
        try TemporaryHome.append(writer, events: 2...600)
    }

    /// Erases some events as `Store` does.
    private func erase(_ positions: [Int64], scrubbing: Bool = true) throws {
        let writer = try JournalWriter(home: home.path)
        try writer.transaction { appender in
            let redactions = try positions.map { position in
                try Redaction(of: #require(try JournalReader.event(appender.db, at: Position(rawValue: position))))
            }
            let erasure = JournalWriter.Appender.erasure(of: redactions, contacts: [])
            _ = try appender.append(
                NewEvent(
                    type: erasure.type.rawValue, version: 1, subject: "user:t/3", previous: nil,
                    data: try erasure.data()), Occasion(actor: "agent:1", time: 2000))
            try appender.erase(redactions)
        }
        if scrubbing { try writer.scrub() }
    }

    private func tamper(_ sql: String...) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.inDatabase { db in
            let triggers = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger[0] as String)") }
            for statement in sql { try db.execute(sql: statement) }
            for trigger in triggers { try db.execute(sql: trigger[1]) }
        }
        try queue.close()
    }

    @Test func `the tree stays, and what was signed before still is`() throws {
        let before = try JournalWriter(home: home.path)
        try before.transaction { _ in }
        let signer = NoteSigner(name: "foxtrail/one")
        let checkpoint = try Checkpoint(origin: "foxtrail/one", size: 600, root: before.root, signer: signer)
        try erase([3, 400])
        let result = try Verifier.verify(path: path)
        #expect(result.faults == [] && result.erased == 2 && result.events == 601)
        let journal = try JournalFile.openForReading(path: path)
        try journal.read { db in
            #expect(try checkpoint.verdict(db) == .consistent)
            let event = try #require(try JournalReader.event(db, at: Position(rawValue: 400)))
            #expect(event.isErased && event.salt == nil)
            guard case .userFetched? = try event.event() else { throw JournalError.broken("no event") }
            // Proven from a tile, and from the events behind the last one.
            _ = try InclusionProof(db, of: event, in: checkpoint)
        }
        try TemporaryHome.append(try JournalWriter(home: home.path), events: 601...900)
        #expect(try Verifier.verify(path: path).faults == [])
    }

    @Test func `no byte of it is left in the file or its log`() throws {
        try home.append(type: "userFetched", subject: "user:t/3")
        let writer = try JournalWriter(home: home.path)
        try writer.transaction { appender in
            for number in 0..<300 {
                _ = try appender.append(
                    NewEvent(
                        type: "userFetched", version: 1, subject: "user:t/3", previous: nil,
                        data: Array(
                            "{\"id\":\"\(number)\",\"mail\":\"zoe.quux@contoso.example\",\"x\":\"\(String(repeating: "y", count: number * 37))\"}"
                                .utf8)), Occasion(actor: "agent:1", time: 3000))
            }
        }
        #expect(try holds("zoe.quux"))
        try erase(Array(602...901))
        #expect(try !holds("zoe.quux"))
        #expect(try Verifier.verify(path: path).faults == [])
    }

    private func holds(_ text: String) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: home.path).contains { name in
            let data = try Data(contentsOf: URL(fileURLWithPath: home.path + "/" + name))
            return data.range(of: Data(text.utf8)) != nil
        }
    }

    @Test(arguments: [
        ("UPDATE erased SET residue = '{\"id\":\"x\"}' WHERE position = 3", "what event 601 erased"),
        ("UPDATE erased SET commitment = zeroblob(32) WHERE position = 3", "event 3 is not what was recorded"),
        ("DELETE FROM erased WHERE position = 3", "event 3 lost its data without an erasure"),
        ("UPDATE erased SET erasure = 500 WHERE position = 3", "what event 601 erased"),
        ("UPDATE erased SET erasure = 2 WHERE position = 3", "event 3 lost its data without an erasure"),
        (
            "INSERT INTO erased SELECT 5, 601, commitment, residue FROM erased WHERE position = 3",
            "an event is said to be erased that is not"
        ),
        ("UPDATE events SET salt = NULL, data = NULL WHERE position = 5", "event 5 lost its data"),
    ])
    func `nothing is erased, or changed of what stayed, behind the back of an erasure`(
        sql: String, fault: String
    ) throws {
        try erase([3, 400])
        try tamper(sql)
        let faults = try Verifier.verify(path: path).faults
        #expect(faults.contains { $0.hasPrefix(fault) }, "\(faults)")
    }

    @Test(arguments: [
        "INSERT INTO erased VALUES (5, 601, zeroblob(32), '{}')", "DELETE FROM erased",
        "UPDATE erased SET residue = '{}'", "UPDATE events SET salt = NULL, data = NULL WHERE position = 601",
        "UPDATE events SET salt = NULL, data = NULL WHERE position = 5",
        "INSERT OR REPLACE INTO erased SELECT * FROM erased LIMIT 1",
    ])
    func `the database itself refuses it`(_ sql: String) throws {
        try erase([3, 400])
        try home.append(type: "x", subject: "y")
        for recursive in ["ON", "OFF"] {
            let queue = try DatabaseQueue(path: path)
            #expect(throws: DatabaseError.self) {
                try queue.write { db in
                    try db.execute(sql: "PRAGMA recursive_triggers = \(recursive)")
                    try db.execute(sql: sql)
                }
            }
        }
    }

    @Test func `a reader of an older state keeps the file from being written anew`() throws {
        try erase([3], scrubbing: false)
        let reader = try DatabasePool(path: path)
        let writer = try JournalWriter(home: home.path)
        try reader.read { db in
            _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM events")
            #expect(throws: JournalError.busy) { try writer.scrub() }
        }
        try reader.close()
        try writer.scrub()
        #expect(try Verifier.verify(path: path).faults == [])
    }

    @Test func `a journal of the first format is read as it is, and brought up by who writes to it`() throws {
        try FileManager.default.removeItem(atPath: path)
        let queue = try DatabaseQueue(path: path)
        try queue.inDatabase { db in
            try db.execute(sql: "PRAGMA page_size = \(JournalFile.pageSize)")
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA application_id = \(JournalFile.applicationID)")
            try db.execute(sql: JournalFile.migrations[0])
            try db.execute(sql: "PRAGMA user_version = 1")
        }
        let before = try queue.inDatabase { db in
            try db.execute(sql: "INSERT INTO events VALUES (1, 7, 'x', 1, 'a', NULL, NULL, NULL, zeroblob(16), '{}')")
            try db.execute(sql: "CREATE TEMP TABLE erased (position, erasure, commitment, residue)")
            let root = try MerkleTree(journal: db).root
            try db.execute(sql: "INSERT INTO heads VALUES (1, ?)", arguments: [Data(root.bytes)])
            return root
        }
        try queue.close()
        #expect(try Verifier.verify(path: path).faults == [])
        let events = try JournalFile.openForReading(path: path).read { db in
            var count = 0
            try JournalReader.each(db) { _ in count += 1 }
            return count
        }
        #expect(events == 1)
        let writer = try JournalWriter(home: home.path)
        try writer.transaction { _ in }
        #expect(writer.root == before)
        let result = try Verifier.verify(path: path)
        #expect(result.faults == [] && result.events == 1)
        try TemporaryHome.append(writer, events: 2...300)
        try erase([3])
        #expect(try Verifier.verify(path: path).faults == [])
    }
}
