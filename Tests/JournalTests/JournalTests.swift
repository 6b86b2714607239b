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
                    NewEvent(type: "x", version: 1, subject: nil, previous: nil, data: [0x7B, 0x7D]),
                    Occasion(actor: "a", time: 0))
                throw Stop()
            }
        }
        #expect(writer.root == root)
        try TemporaryHome.append(writer, events: 1...1)
        #expect(try Verifier.verify(path: JournalFile.path(home: home.path)).faults == [])
    }

    @Test func `time is what the clock said, and the order that of the positions`() throws {
        let home = try TemporaryHome(events: 1)
        try JournalWriter(home: home.path).transaction { appender in
            let event = try appender.append(
                NewEvent(type: "x", version: 1, subject: nil, previous: nil, data: [0x7B, 0x7D]),
                Occasion(actor: "a", time: 1))
            #expect(event.recordedAt == 1 && event.position.rawValue == 2)
        }
        #expect(try Verifier.verify(path: JournalFile.path(home: home.path)).faults == [])
    }

    @Test func `every flipped byte of a small journal is found`() throws {
        let home = try TemporaryHome(events: 3)
        let path = JournalFile.path(home: home.path)
        let sound = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let unused = stride(from: 0, to: sound.count, by: JournalFile.pageSize).flatMap { unusedSpace(sound, page: $0) }
        let exempt = Set(unused).union(40..<44).union(96..<100)
        #expect(sound.count - exempt.count > 3000)
        var missed: [Int] = []
        for offset in sound.indices where !exempt.contains(offset) {
            var bytes = sound
            bytes[offset] ^= 0x01
            try Data(bytes).write(to: URL(fileURLWithPath: path + ".flipped"))
            let faults = (try? Verifier.verify(path: path + ".flipped").faults) ?? ["cannot be opened"]
            if faults.isEmpty { missed.append(offset) }
        }
        #expect(missed == [])
    }

    /// Between the cell pointers and the cells of a leaf page: bytes that mean nothing to anybody.
    private func unusedSpace(_ bytes: [UInt8], page: Int) -> Range<Int> {
        let header = page == 0 ? 100 : page
        func number(_ at: Int) -> Int { Int(bytes[at]) << 8 | Int(bytes[at + 1]) }
        guard bytes[header] == 0x0D || bytes[header] == 0x0A else { return page..<page }
        let end = number(header + 5) == 0 ? JournalFile.pageSize : number(header + 5)
        return (header + 8 + 2 * number(header + 3))..<(page + end)
    }
}
