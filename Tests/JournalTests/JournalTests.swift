import Foundation
import GRDB
import Testing

@testable import Journal

@Suite struct JournalTests {
    @Test func `a reopened journal goes on with the same tree`() throws {
        let home = try TemporaryHome(events: 300)
        let writer = try JournalWriter(home: home.path)
        try TemporaryHome.append(writer, events: 301...600)
        let result = try Verifier.verify(path: JournalFile.path(home: home.path))
        #expect(result.events == 600)
        #expect(result.faults == [])
        #expect(result.root == writer.root)
    }

    @Test func `two writers take turns and the tree stays whole`() throws {
        let home = try TemporaryHome(events: 5)
        let (first, second) = (try JournalWriter(home: home.path), try JournalWriter(home: home.path))
        for turn in 0..<20 {
            try TemporaryHome.append(turn.isMultiple(of: 2) ? first : second, events: 1...40)
        }
        #expect(try Verifier.verify(path: JournalFile.path(home: home.path)).faults == [])
    }

    @Test func `a transaction that fails leaves nothing behind`() throws {
        let home = try TemporaryHome(events: 5)
        let writer = try JournalWriter(home: home.path)
        struct Stop: Error {}
        try TemporaryHome.append(writer, events: 1...1)
        let root = writer.root
        #expect(throws: Stop.self) {
            try writer.transaction { appender in
                _ = try appender.append(
                    NewEvent(type: "x", version: 1, subject: nil, previous: nil, data: [0x7B, 0x7D]), Occasion(actor: "a", time: 0))
                throw Stop()
            }
        }
        #expect(writer.root == root)
        try TemporaryHome.append(writer, events: 1...1)
        #expect(try Verifier.verify(path: JournalFile.path(home: home.path)).faults == [])
    }

    @Test func `time never runs backwards in the journal`() throws {
        let home = try TemporaryHome(events: 1)
        try JournalWriter(home: home.path).transaction { appender in
            let event = try appender.append(
                NewEvent(type: "x", version: 1, subject: nil, previous: nil, data: [0x7B, 0x7D]), Occasion(actor: "a", time: 1))
            #expect(event.recordedAt == 1000)
        }
    }

    @Test func `every flipped byte of a small journal is found`() throws {
        let home = try TemporaryHome(events: 3)
        let path = JournalFile.path(home: home.path)
        let sound = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        // Zero bytes of unused space are all alike to the check: one in 64 of them is tried.
        let offsets = sound.indices.filter { sound[$0] != 0 || $0 % 64 == 0 }
        var missed: [Int] = []
        for offset in offsets where !(96..<100).contains(offset) {
            var bytes = sound
            bytes[offset] ^= 0x01
            try Data(bytes).write(to: URL(fileURLWithPath: path + ".flipped"))
            let faults = (try? Verifier.verify(path: path + ".flipped").faults) ?? ["cannot be opened"]
            if faults.isEmpty { missed.append(offset) }
        }
        #expect(missed == [])
    }
}
