package import GRDB

extension JournalReader {
    /// The last event recorded at or before a time, in milliseconds since 1970; nil where all came later.
    ///
    /// A clock that was set back does not make the journal's order another one: the last such event by position counts.
    package static func position(_ db: Database, at time: Int64) throws -> Position? {
        try Int64.fetchOne(
            db, sql: "SELECT position FROM events WHERE recorded_at <= ? ORDER BY position DESC LIMIT 1",
            arguments: [time]
        ).map(Position.init(rawValue:))
    }

    /// Whether an erasure behind a position took data of events at it or before it.
    package static func isErased(_ db: Database, upTo position: Position) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM erased WHERE position <= ? AND erasure > ?)"
        return try Bool.fetchOne(db, sql: sql, arguments: [position.rawValue, position.rawValue]) ?? false
    }

    /// Hands out the events of one subject, the newest first, from the one at `position` back to its first.
    package static func walk(
        _ db: Database, from position: Position?, _ body: (RecordedEvent) throws -> Void
    ) throws {
        var next = position
        while let position = next, let event = try event(db, at: position) {
            try body(event)
            // Whatever a damaged journal says, the walk ends.
            next = event.previous.flatMap { $0 < position ? $0 : nil }
        }
    }
}
