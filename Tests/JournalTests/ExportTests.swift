import ContactSync
import GRDB
import Testing

@testable import Journal

@Suite struct ExportTests {
    /// The examples of https://c2sp.org/tlog-tiles among them.
    @Test(arguments: [
        ("0", 0, 256, "tile/0/000"), ("0", 999, 1, "tile/0/999.p/1"), ("1", 1000, 256, "tile/1/x001/000"),
        ("entries", 1_234_067, 255, "tile/entries/x001/x234/067.p/255"),
    ])
    func `a tile lies where C2SP has it`(level: String, number: Int64, width: Int64, path: String) {
        #expect(TileExport.path(level, number, width: width) == path)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1_795_559_220_079, "2026-11-24T22:27:00.079Z"),
        (-1, "1969-12-31T23:59:59.999Z"), (951_782_400_500, "2000-02-29T00:00:00.500Z"),
    ])
    func `a time is RFC 3339 to the millisecond`(milliseconds: Int64, text: String) {
        #expect(Timestamp.text(milliseconds) == text)
    }

    @Test func `an export ends where its checkpoint does, and is of no other journal`() throws {
        let home = try TemporaryHome(opening: "one")
        let writer = try JournalWriter(home: home.path)
        try TemporaryHome.append(writer, events: 2...300)
        let signer = NoteSigner(name: "foxtrail/one")
        let checkpoint = try Checkpoint(origin: "foxtrail/one", size: 300, root: writer.root, signer: signer)
        try TemporaryHome.append(writer, events: 301...700)
        let journal = try JournalFile.openForReading(path: JournalFile.path(home: home.path))
        var files: [String] = []
        var lines = 0
        try journal.read { db in
            try TileExport(db, checkpoint: checkpoint).write { path, _ in files.append(path) }
            try JournalExport(db, checkpoint: checkpoint).write(.jsonl) { _ in lines += 1 }
        }
        #expect(
            files == [
                "tile/entries/000", "tile/entries/001.p/44", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1",
                "checkpoint",
            ])
        #expect(lines == 301)
        let other = try Checkpoint(origin: "foxtrail/one", size: 300, root: .empty, signer: signer)
        #expect(throws: JournalError.forked(checkpoint: 300)) {
            try journal.read { try TileExport($0, checkpoint: other) }
        }
    }
}
