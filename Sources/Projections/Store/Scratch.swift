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
        let directory = try ScratchDirectory()
        return try withExtendedLifetime(directory) {
            try body(try ProjectionsFile.open(path: directory.path + "/scratch.sqlite"))
        }
    }
}

/// A directory of one's own, deleted with its last user.
final class ScratchDirectory: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("foxtrail-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
