import GRDB
import Journal

/// Projections in a file without a name, for whoever folds the journal to another moment than now.
package enum Scratch {
    /// Runs `body` in one transaction on an empty file.
    package static func with<T>(_ body: (Projector) throws -> T) throws -> T {
        try ProjectionsFile.temporary().inDatabase { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            defer { if db.isInsideTransaction { try? db.execute(sql: "ROLLBACK") } }
            try ProjectionsFile.create(db)
            return try body(try Projector(db))
        }
    }
}
