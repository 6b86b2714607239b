import FoundationEssentials
import GRDB
import Journal

/// The file that can be deleted: stamped with the position and root that it stands at and the version of its code.
enum ProjectionsFile {
    static func path(home: String) -> String { home + "/projections.sqlite" }

    /// A file that is no database any more is thrown away: it can be made again.
    static func open(path: String) throws -> DatabaseQueue {
        do { return try opened(path) } catch let error as DatabaseError
            where error.resultCode == .SQLITE_NOTADB || error.resultCode == .SQLITE_CORRUPT
        {
            delete(path: path)
            return try opened(path)
        }
    }

    /// Never writes, and makes nothing anew.
    static func openForReading(path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// A file without a name: SQLite makes it when the pages no longer fit into memory, unlinks it before it writes to it,
    /// and it ends with the process, however that ends. So nobody's data is left in a directory for temporary files.
    static func temporary() throws -> DatabaseQueue { try opened("") }

    private static func opened(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA page_size = 8192")
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            // Losing the last moments costs nothing: they are made again from the journal.
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
            try db.execute(sql: "PRAGMA secure_delete = ON")
            try db.execute(sql: "PRAGMA cache_size = -40960")
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    static func create(_ db: Database) throws {
        try db.execute(sql: Projector.schema)
        try db.execute(
            sql: "INSERT INTO stamp VALUES (0, ?, ?)", arguments: [Data(Hash.empty.bytes), Projector.version])
    }

    static func delete(path: String) {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }

    /// Where the file stands; nil where it cannot be used and has to be made again.
    static func stamp(_ db: Database) -> (position: Int64, root: [UInt8])? {
        guard let row = try? Row.fetchOne(db, sql: "SELECT position, root, version FROM stamp"),
            row["version"] as String == Projector.version,
            let found = try? Int.fetchOne(
                db, sql: "SELECT count(*) FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%'"), found == tables
        else { return nil }
        return (row["position"], [UInt8](row["root"] as Data))
    }

    private static let tables = Projector.schema.ranges(of: "CREATE TABLE").count

    static func setStamp(_ db: Database, _ position: Position, _ root: Hash) throws {
        try db.execute(
            sql: "UPDATE stamp SET position = ?, root = ?", arguments: [position.rawValue, Data(root.bytes)])
    }
}
