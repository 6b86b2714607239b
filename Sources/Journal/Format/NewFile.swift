import Glibc

/// Files that this module makes: only their owner may read them, from their first byte on, and one that could not be
/// finished does not stay.
enum NewFile {
    /// Makes an empty file, which SQLite takes for a new database, and runs `body` to fill it. SQLite gives the log
    /// and the index beside it the same rights.
    static func make<T>(_ path: String, _ body: () throws -> T) throws -> T {
        // Exclusive: nobody's file is written over, not even one made since somebody looked.
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { throw JournalError.exists(path: path) }
            throw JournalError.system(operation: "create", path: path, code: errno)
        }
        close(descriptor)
        do {
            return try body()
        } catch {
            for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + suffix) }
            throw error
        }
    }
}
