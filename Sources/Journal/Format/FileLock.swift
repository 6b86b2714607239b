import Glibc

/// An exclusive lock on a file of its own, held by one process at a time and let go when the process dies (flock(2)).
package final class FileLock {
    private let descriptor: CInt
    private let path: String

    package init(path: String) throws {
        self.path = path
        if let slash = path.lastIndex(of: "/") { try HomeOwner.check(String(path[..<slash])) }
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw JournalError.system(operation: "open", path: path, code: errno) }
    }

    /// The lock of those who must not be at work at the same time as a sync.
    package static func syncs(home: String) -> String { home + "/sync.lock" }

    /// The lock of who sends notices.
    package static func notices(home: String) -> String { home + "/notices.lock" }

    /// Whether a process holds the lock on a file; asks no right to write, and keeps nobody out.
    package static func isHeld(path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    deinit { close(descriptor) }

    /// Takes the lock, waiting up to `milliseconds`; throws `busy` after that.
    package func take(waiting milliseconds: Int = 0) throws {
        var waited = 0
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw JournalError.system(operation: "lock", path: path, code: errno)
            }
            guard waited < milliseconds else { throw JournalError.busy }
            usleep(10_000)
            waited += 10
        }
    }

    /// Writes into the file, for whoever finds the lock taken.
    package func write(_ text: String) throws {
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, text, text.utf8.count, 0) == text.utf8.count else {
            throw JournalError.system(operation: "write", path: path, code: errno)
        }
    }

    package func release() { flock(descriptor, LOCK_UN) }
}
