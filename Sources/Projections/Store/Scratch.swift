import Foundation
import GRDB
import Journal

/// Projections in a temporary file, for whoever folds the journal to another moment than now.
package enum Scratch {
    /// Runs `body` in one transaction on an empty file that is deleted afterwards.
    package static func with<T>(_ body: (Projector) throws -> T) throws -> T {
        try file { queue in
            try queue.inDatabase { db in
                try db.execute(sql: "BEGIN IMMEDIATE")
                defer { if db.isInsideTransaction { try? db.execute(sql: "ROLLBACK") } }
                try ProjectionsFile.create(db)
                return try body(try Projector(db))
            }
        }
    }

    /// A file without tables, deleted after `body`.
    static func file<T>(_ body: (DatabaseQueue) throws -> T) throws -> T {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("foxtrail-\(UUID().uuidString)")
            .path
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: directory) }
        return try body(try ProjectionsFile.open(path: directory + "/scratch.sqlite"))
    }
}
