package import GRDB
import Glibc
package import Journal

/// The read side: the projections as of now, brought up to the journal first, or as of a moment in the past; and the
/// journal itself, read-only and whole.
package struct ReadModels {
    package let home: String
    package let journal: DatabaseQueue
    package let projections: DatabaseQueue
    /// The last event of the past that this shows; nil where it shows the present.
    package let moment: RecordedEvent?

    /// Where the home cannot be written, the projections are made in a temporary file: reading needs no right to write.
    package init(home: String, progress: FoldProgress = { _, _ in }) throws {
        self.home = home
        moment = nil
        journal = try JournalFile.openForReading(path: JournalFile.path(home: home))
        projections =
            access(home, W_OK) == 0 && HomeOwner.isUs(home)
            ? try ProjectionsFile.open(path: ProjectionsFile.path(home: home)) : try ProjectionsFile.temporary()
        try catchUp(progress)
    }

    /// As of a moment: the journal is folded up to there, beside whatever the home's own projections hold.
    package init(home: String, at moment: Moment, progress: FoldProgress = { _, _ in }) throws {
        self.home = home
        journal = try JournalFile.openForReading(path: JournalFile.path(home: home))
        let (projections, journal) = (try ProjectionsFile.temporary(), journal)
        self.projections = projections
        self.moment = try journal.read { journal in
            let position = try moment.position(journal)
            try projections.inDatabase { db in
                try db.inTransaction(.immediate) {
                    try Catchup.run(db, journal: journal, to: position, progress: progress)
                    return .commit
                }
            }
            return try JournalReader.event(journal, at: position)
        }
    }

    init(home: String, journal: DatabaseQueue, projections: DatabaseQueue) {
        (self.home, self.journal, self.projections, moment) = (home, journal, projections, nil)
    }

    package func read<T>(_ body: (Database) throws -> T) throws -> T {
        try projections.read(body)
    }

    /// The stamp is read before the journal, and everything else with the projections locked: whoever writes locks them
    /// first, so that a stamp that is ahead of the journal is one of another journal, and never of a sync at work.
    private func catchUp(_ progress: FoldProgress) throws {
        if try isCurrent() { return }
        try projections.inDatabase { db in
            try db.inTransaction(.immediate) {
                try journal.read { try Catchup.run(db, journal: $0, progress: progress) }
                return .commit
            }
        }
    }

    private func isCurrent() throws -> Bool {
        guard let stamp = try projections.read({ ProjectionsFile.stamp($0) }), stamp.position > 0 else { return false }
        return try journal.read { journal in
            try JournalReader.lastPosition(journal).rawValue == stamp.position && Catchup.isKnown(stamp, journal)
        }
    }

    /// Throws the projections away and makes them again. Returns the position that they stand at.
    package static func rebuild(home: String, progress: FoldProgress = { _, _ in }) throws -> Int64 {
        ProjectionsFile.delete(path: ProjectionsFile.path(home: home))
        return try ReadModels(home: home, progress: progress).read { db in ProjectionsFile.stamp(db)?.position ?? 0 }
    }

    /// Rebuilds beside, to where the live ones stand, and compares: the names of the tables whose content differs.
    package func check(progress: FoldProgress = { _, _ in }) throws -> [String] {
        try projections.read { live in
            let position = Position(rawValue: ProjectionsFile.stamp(live)?.position ?? 0)
            let fresh = try ProjectionsFile.temporary()
            try journal.read { journal in
                try fresh.inDatabase { db in
                    try db.inTransaction(.immediate) {
                        try Catchup.run(db, journal: journal, to: position, progress: progress)
                        return .commit
                    }
                }
            }
            return try fresh.read { try TableComparison.differences(live, $0) }
        }
    }
}

/// Row by row, so that memory stays flat whatever the size.
private enum TableComparison {
    static func differences(_ left: Database, _ right: Database) throws -> [String] {
        let names = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        let tables = try String.fetchAll(left, sql: names)
        guard try tables == String.fetchAll(right, sql: names) else { return ["sqlite_schema"] }
        return try tables.filter { try !areSame($0, left, right) }
    }

    private static func areSame(_ table: String, _ left: Database, _ right: Database) throws -> Bool {
        let sql = "SELECT * FROM \"\(table)\" ORDER BY 1"
        let lefts = try Row.fetchCursor(left, sql: sql)
        let rights = try Row.fetchCursor(right, sql: sql)
        while let row = try lefts.next() {
            guard let other = try rights.next(), row == other else { return false }
        }
        return try rights.next() == nil
    }
}
