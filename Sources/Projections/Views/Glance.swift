package import GRDB
import Glibc
package import Journal

/// The home as another process may look at it at any time: its files are opened for reading only, nothing is made, brought
/// up to date or checkpointed. What it shows may be a moment old.
package enum Glance {
    /// The journal's last position, where it stands as its own last checkpoint says.
    ///
    /// - Throws: `JournalError` or `DatabaseError`.
    package static func journal(home: String) throws -> Position {
        // Read before the journal, which only grows.
        let kept = try CheckpointFile.read(home: home)
        return try JournalFile.openForReading(path: JournalFile.path(home: home)).read { journal in
            try kept?.check(journal)
            return try JournalReader.lastPosition(journal)
        }
    }

    /// Runs `body` on the projections and the position that they stand at; nil where there are none, or they are another
    /// version's and will be made anew.
    package static func projections<T>(home: String, _ body: (Database, Position) throws -> T) throws -> T? {
        let path = ProjectionsFile.path(home: home)
        guard access(path, R_OK) == 0 else { return nil }
        return try ProjectionsFile.openForReading(path: path).read { db in
            guard let stamp = ProjectionsFile.stamp(db) else { return nil }
            return try body(db, Position(rawValue: stamp.position))
        }
    }

    /// How large the two files are with their logs, in bytes.
    package static func sizes(home: String) -> (journal: Int64, projections: Int64) {
        (size(JournalFile.path(home: home)), size(ProjectionsFile.path(home: home)))
    }

    private static func size(_ path: String) -> Int64 {
        ["", "-wal"].reduce(0) { $0 + (FileStatus(path + $1)?.size ?? 0) }
    }
}
