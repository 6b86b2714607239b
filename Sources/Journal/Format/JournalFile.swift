package import GRDB
import Glibc
import Migrations

/// Where the journal lies and how it is opened.
package enum JournalFile {
    /// "Foxt": lets `file` and a reader tell what they have before them.
    package static let applicationID = 0x466F_7874
    package static let pageSize = 8192
    static let name = "journal.sqlite"
    static var migrations: [String] { Migrations.journal }

    package static func path(home: String) -> String { home + "/" + name }

    /// Opens the journal for writing; creates it where `creating`.
    static func openForWriting(home: String, creating: Bool) throws -> DatabaseQueue {
        let path = path(home: home)
        if creating {
            return try NewFile.make(path) {
                let queue = try opened(path, writing(creating: true))
                try create(queue)
                return queue
            }
        }
        try checkAccess(path)
        // Its locks lie beside the link, and another home's beside the file.
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK {
            throw JournalError.system(operation: "write to a journal behind a link at", path: path, code: ELOOP)
        }
        let queue = try opened(path, writing(creating: false))
        try queue.inDatabase { try check($0, path: path) }
        return queue
    }

    private static func writing(creating: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            if creating { try db.execute(sql: "PRAGMA page_size = \(pageSize)") }
            try db.execute(sql: "PRAGMA secure_delete = ON")
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(sql: "PRAGMA cache_size = -8192")
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
            try db.execute(sql: "PRAGMA recursive_triggers = ON")
            // Else the copies of pages that SQLite keeps to undo one statement may go to a file in /var/tmp.
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        return configuration
    }

    /// Opens any journal file to read it. Never checkpoints and never writes.
    package static func openForReading(path: String) throws -> DatabaseQueue {
        try checkAccess(path)
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            return try openedForReading(path, configuration, path: path)
        } catch let error as DatabaseError
            where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) && isAlone(path)
        {
            // SQLite wants to make files beside it, which a medium for reading only does not let it.
            return try openedForReading("file:\(escaped(path))?immutable=1", configuration, path: path)
        }
    }

    /// Nobody can be writing to it: its directory cannot be written, and no log lies beside it.
    private static func isAlone(_ path: String) -> Bool {
        let directory = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]) : "."
        var status = stat()
        let hasLog = stat(path + "-wal", &status) == 0 && status.st_size > 0
        return access(directory.isEmpty ? "/" : directory, W_OK) != 0 && !hasLog
    }

    private static func escaped(_ path: String) -> String {
        path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
    }

    /// Whether a home has no journal and must have had one: its key or what was signed is still there.
    package static func isMissing(home: String) -> Bool {
        FileStatus(path(home: home)) == nil
            && ["checkpoint", "secrets/journal.key"].contains { FileStatus("\(home)/\($0)") != nil }
    }

    /// Whether a journal holds no event yet.
    package static func isEmpty(home: String) throws -> Bool {
        try openForReading(path: path(home: home)).read { try JournalReader.lastPosition($0).rawValue == 0 }
    }

    /// A journal that is there and cannot be read is another trouble than none.
    private static func checkAccess(_ path: String) throws {
        guard access(path, R_OK) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw JournalError.notFound(path: path) }
            throw JournalError.system(operation: "read", path: path, code: errno)
        }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            throw JournalError.system(operation: "read", path: path, code: EISDIR)
        }
    }

    private static func opened(_ path: String, _ configuration: Configuration) throws -> DatabaseQueue {
        do {
            return try DatabaseQueue(path: path, configuration: configuration)
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_NOTADB || error.resultCode == .SQLITE_CORRUPT
        {
            throw JournalError.notAJournal(path: path)
        }
    }

    private static func openedForReading(
        _ name: String, _ configuration: Configuration, path: String
    ) throws -> DatabaseQueue {
        let queue = try opened(name, configuration)
        try queue.inDatabase { db in
            try check(db, path: path)
            // A journal of the first format knows no erasure, and is read as one in which nobody was erased.
            if try version(db) < 2 {
                try db.execute(
                    sql: "CREATE TEMP TABLE erased (position INTEGER PRIMARY KEY, erasure, commitment, residue)")
            }
        }
        return queue
    }

    private static func create(_ queue: DatabaseQueue) throws {
        try queue.write { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try apply(migrations, db)
        }
        try queue.inDatabase(rewrite)
    }

    /// Whether a journal has this format, and lies in its file as verify knows it: an update may have been interrupted.
    static func isCurrent(_ db: Database) throws -> Bool {
        guard try version(db) == migrations.count else { return false }
        let sql = """
            SELECT (SELECT max(rowid) FROM sqlite_schema WHERE type = 'table')
                < (SELECT min(rowid) FROM sqlite_schema WHERE type = 'trigger')
            """
        // Without a trigger it was tampered with, which verify tells and nothing mends.
        return try Bool.fetchOne(db, sql: sql) ?? true
    }

    /// Brings an older journal to this format. Only for who writes next and holds the lock: a reader takes every format as
    /// it is.
    static func migrate(_ db: Database) throws {
        // Another process may have done it meanwhile.
        if try isCurrent(db) { return }
        try db.inTransaction(.immediate) {
            try apply(Array(migrations[version(db)...]), db)
            return .commit
        }
        try rewrite(db)
    }

    private static func apply(_ migrations: [String], _ db: Database) throws {
        for migration in migrations { try db.execute(sql: migration) }
        try db.execute(sql: "PRAGMA user_version = \(Migrations.journal.count)")
    }

    /// The newest format that this code knows (migrations/README.md).
    package static let newestFormat = Migrations.journal.count

    /// The format of a journal.
    package static func version(_ db: Database) throws -> Int { try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 }

    private static func check(_ db: Database, path: String) throws {
        do {
            guard try Int.fetchOne(db, sql: "PRAGMA application_id") == applicationID else {
                throw JournalError.notAJournal(path: path)
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
            throw JournalError.notAJournal(path: path)
        }
        let version = try version(db)
        guard version <= Migrations.journal.count else { throw JournalError.newerFormat(version: version) }
    }
}
