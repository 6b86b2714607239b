import GRDB
import Journal

/// Is told how many events of how many were taken in.
package typealias FoldProgress = (_ events: Int64, _ all: Int64) -> Void

/// Takes in the events that a projections file has not seen.
enum Catchup {
    /// Inside a transaction on the projections. Starts anew where the file's stamp is not one of this journal.
    static func run(
        _ db: Database, journal: Database, to last: Position? = nil, progress: FoldProgress = { _, _ in }
    ) throws {
        let end = try last ?? JournalReader.lastPosition(journal)
        var start = ProjectionsFile.stamp(db)
        if let stamp = start, try !isKnown(stamp, journal) { start = nil }
        if let start, start.position == end.rawValue, end.rawValue > 0 { return }
        if start == nil {
            try wipe(db)
            try ProjectionsFile.create(db)
        }
        let projector = try Projector(db)
        try JournalReader.each(journal, from: (start?.position ?? 0) + 1, to: end.rawValue) { record in
            try projector.apply(record, journal: journal)
            if record.position.rawValue.isMultiple(of: step) { progress(record.position.rawValue, end.rawValue) }
        }
        // Without a recorded root the stamp is one that no journal knows, and the file is made anew the next time.
        try ProjectionsFile.setStamp(db, end, try JournalReader.root(journal, size: end) ?? .empty)
    }

    /// How many events lie between two tellings.
    private static let step: Int64 = 1000

    /// Takes in all events, whatever the file holds.
    static func anew(_ db: Database, journal: Database, progress: FoldProgress) throws {
        try wipe(db)
        try ProjectionsFile.create(db)
        try run(db, journal: journal, progress: progress)
    }

    /// Whether the journal had this root when it was that long.
    static func isKnown(_ stamp: (position: Int64, root: [UInt8]), _ journal: Database) throws -> Bool {
        if stamp.position == 0 { return true }
        return try JournalReader.root(journal, size: Position(rawValue: stamp.position))?.bytes == stamp.root
    }

    private static func wipe(_ db: Database) throws {
        for table in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'") {
            try db.execute(sql: "DROP TABLE \"\(table)\"")
        }
    }
}
