package import GRDB

/// Reads events by position. The planned seam: appending and reading by position is all that others know of storage.
package enum JournalReader {
    /// The last three are what stays of an erased event, and null for every other one.
    static let columns =
        (["position, recorded_at, type, version, actor, sync, subject, previous, salt, data"]
        + ["commitment", "erasure", "residue"].map {
            "CASE WHEN data IS NULL THEN (SELECT \($0) FROM erased WHERE erased.position = events.position) END"
        }).joined(separator: ", ")

    /// Hands out the events of a range in order, one at a time.
    package static func each(
        _ db: Database, from: Int64 = 1, to: Int64 = .max, _ body: (RecordedEvent) throws -> Void
    ) throws {
        let select = try RowStatement(
            db, "SELECT \(columns) FROM events WHERE position BETWEEN ? AND ? ORDER BY position")
        select.bind(1, from)
        select.bind(2, to)
        defer { select.reset() }
        while try select.step() { try body(RecordedEvent(row: select)) }
    }

    /// The events that a condition on the columns holds for, in order: found by reading all.
    package static func events(
        _ db: Database, where condition: String, _ argument: String
    ) throws -> [RecordedEvent] {
        let select = try RowStatement(db, "SELECT \(columns) FROM events WHERE \(condition) ORDER BY position")
        select.bind(1, argument)
        defer { select.reset() }
        var events: [RecordedEvent] = []
        while try select.step() { events.append(RecordedEvent(row: select)) }
        return events
    }

    /// The events that lost their data, in order.
    package static func erased(_ db: Database) throws -> [RecordedEvent] {
        let select = try RowStatement(
            db, "SELECT \(columns) FROM events WHERE position IN (SELECT position FROM erased) ORDER BY position")
        defer { select.reset() }
        var events: [RecordedEvent] = []
        while try select.step() { events.append(RecordedEvent(row: select)) }
        return events
    }

    package static func event(_ db: Database, at position: Position) throws -> RecordedEvent? {
        let select = try RowStatement(cached: db, "SELECT \(columns) FROM events WHERE position = ?")
        select.bind(1, position.rawValue)
        defer { select.reset() }
        return try select.step() ? RecordedEvent(row: select) : nil
    }

    /// The data of one event; nil where it is erased, or there is no such event.
    package static func data(_ db: Database, at position: Position) throws -> [UInt8]? {
        let select = try RowStatement(cached: db, "SELECT data FROM events WHERE position = ?")
        select.bind(1, position.rawValue)
        defer { select.reset() }
        return try select.step() ? select.optionalBytes(0) : nil
    }

    package static func lastPosition(_ db: Database) throws -> Position {
        Position(rawValue: try Int64.fetchOne(db, sql: "SELECT max(position) FROM events") ?? 0)
    }
}

extension RecordedEvent {
    /// A row of `JournalReader.columns`.
    init(row: RowStatement) {
        self.init(
            position: Position(rawValue: row.integer(0)), recordedAt: row.integer(1), type: row.text(2),
            version: Int(row.integer(3)), actor: row.text(4), sync: row.optionalInteger(5),
            subject: row.optionalText(6), previous: row.optionalInteger(7).map(Position.init(rawValue:)),
            salt: row.optionalBytes(8), data: row.optionalBytes(9), residue: Residue(row: row))
    }
}

extension Residue {
    /// Of a row of `JournalReader.columns`; nil where the event has its data.
    init?(row: RowStatement) {
        guard !row.isNull(10), let commitment = Hash(row.borrowed(10)) else { return nil }
        self.init(erasure: Position(rawValue: row.integer(11)), commitment: commitment, data: row.bytes(12))
    }
}
