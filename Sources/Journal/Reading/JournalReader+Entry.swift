package import GRDB

extension JournalReader {
    /// The ten lines that an event is in the tree: everything about it but its data.
    package static func entry(_ db: Database, at position: Position) throws -> String {
        var entry = ""
        try entries(db, position.rawValue...position.rawValue) { entry = String(decoding: $0, as: UTF8.self) }
        return entry
    }

    /// Hands out the entries of a range in order, without the leaf's prefix.
    package static func entries(_ db: Database, _ range: ClosedRange<Int64>, _ body: ([UInt8]) throws -> Void) throws {
        let select = try RowStatement(
            db, "SELECT \(columns) FROM events WHERE position BETWEEN ? AND ? ORDER BY position")
        select.bind(1, range.lowerBound)
        select.bind(2, range.upperBound)
        defer { select.reset() }
        var entry = LeafEntry()
        while try select.step() {
            guard let text = entry.text(row: select) else {
                throw JournalError.broken("event \(select.integer(0)) lost its data without an erasure")
            }
            try body(text)
        }
    }
}
