package import GRDB

extension JournalReader {
    /// Hands out a subject's events from one back to its first, newest first, as long as `body` asks for another: a walk
    /// by primary key, as fast in a journal of any size.
    package static func chain(
        _ db: Database, from position: Position?, _ body: (RecordedEvent) throws -> Bool
    ) throws {
        var next = position
        while let position = next, let event = try event(db, at: position) {
            guard try body(event) else { return }
            if let previous = event.previous, previous >= position {
                throw JournalError.broken("event \(position) follows event \(previous)")
            }
            next = event.previous
        }
    }

    /// The last event of a subject, looked for by reading the journal backwards: for who has no read model that tells it.
    package static func last(_ db: Database, of subject: String, to end: Position? = nil) throws -> Position? {
        try Int64.fetchOne(
            db, sql: "SELECT position FROM events WHERE subject = ? AND position <= ? ORDER BY position DESC LIMIT 1",
            arguments: [subject, end?.rawValue ?? .max]
        ).map(Position.init(rawValue:))
    }
}
