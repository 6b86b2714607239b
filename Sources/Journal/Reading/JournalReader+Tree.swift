import FoundationEssentials
import GRDB

extension JournalReader {
    /// The leaves of a range, counted from 0, computed from the events.
    static func leaves(_ db: Database, _ range: Range<Int64>) throws -> [Hash] {
        let select = try RowStatement(
            db, "SELECT \(columns) FROM events WHERE position BETWEEN ? AND ? ORDER BY position")
        select.bind(1, range.lowerBound + 1)
        select.bind(2, range.upperBound)
        defer { select.reset() }
        var entry = LeafEntry()
        var leaves: [Hash] = []
        while try select.step() {
            guard let leaf = entry.hash(row: select) else {
                throw JournalError.broken("event \(select.integer(0)) lost its data without an erasure")
            }
            leaves.append(leaf)
        }
        return leaves
    }

    /// The roots of whole tiles; fewer than asked for where some are missing.
    static func roots(_ db: Database, level: Int, _ range: Range<Int64>) throws -> [Hash] {
        try Data.fetchAll(
            db, sql: "SELECT root FROM tiles WHERE level = ? AND number >= ? AND number < ? ORDER BY number",
            arguments: [level, range.lowerBound, range.upperBound]
        ).compactMap { Hash($0) }
    }
}
