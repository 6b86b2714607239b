package import GRDB
import Glibc
import Journal

extension ReadModels {
    /// How the home's projections file stands to its journal.
    package enum Standing: Equatable, Sendable {
        case current, absent
        /// So many events of the journal are not in it yet.
        case behind(Int64)
        /// Made by another version of the code, or damaged: it is made anew by the next command.
        case unusable
        /// By this user, here.
        case unreadable
        /// Of another journal, or of one that lost events since.
        case otherJournal
    }

    package static func standing(home: String, journal: DatabaseQueue) throws -> Standing {
        let path = ProjectionsFile.path(home: home)
        guard access(path, F_OK) == 0 else { return .absent }
        let stamp: (position: Int64, root: [UInt8])?
        do {
            stamp = try ProjectionsFile.openForReading(path: path).read { db in
                _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema")
                return ProjectionsFile.stamp(db)
            }
        } catch let error as DatabaseError {
            return [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) ? .unreadable : .unusable
        }
        guard let stamp else { return .unusable }
        return try journal.read { journal in
            let left = try JournalReader.lastPosition(journal).rawValue - stamp.position
            guard left >= 0, try Catchup.isKnown(stamp, journal) else { return .otherJournal }
            return left == 0 ? .current : .behind(left)
        }
    }

    /// As of now, for who must leave everything as it is: where the home's own projections are not up to date, a copy of
    /// them is brought there in a temporary file.
    package init(observing home: String, progress: FoldProgress = { _, _ in }) throws {
        let journal = try JournalFile.openForReading(path: JournalFile.path(home: home))
        let path = ProjectionsFile.path(home: home)
        let standing = try ReadModels.standing(home: home, journal: journal)
        if standing == .current {
            self.init(home: home, journal: journal, projections: try ProjectionsFile.openForReading(path: path))
            return
        }
        let copy = try ProjectionsFile.temporary()
        if case .behind = standing { try ProjectionsFile.openForReading(path: path).backup(to: copy) }
        try journal.read { journal in
            try copy.inDatabase { db in
                try db.inTransaction(.immediate) {
                    try Catchup.run(db, journal: journal, progress: progress)
                    return .commit
                }
            }
        }
        self.init(home: home, journal: journal, projections: copy)
    }
}
