package import GRDB

extension JournalReader {
    /// Hands out the events from a position on, in order, as long as `body` asks for another: the rest is not read.
    package static func scan(
        _ db: Database, from: Int64 = 1, _ body: (RecordedEvent) throws -> Bool
    ) throws {
        let select = try RowStatement(db, "SELECT \(columns) FROM events WHERE position >= ? ORDER BY position")
        select.bind(1, from)
        defer { select.reset() }
        while try select.step(), try body(RecordedEvent(row: select)) {}
    }
}
