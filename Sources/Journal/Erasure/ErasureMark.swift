import Glibc

/// A file that stands in the home directory from before an erasure begins until no copy of the data is left: whoever
/// finds it goes on with what was interrupted. It holds nothing.
package struct ErasureMark {
    private let home: String
    private var path: String { home + "/erasure.unfinished" }

    package init(home: String) { self.home = home }

    package var isSet: Bool { access(path, F_OK) == 0 }

    /// Durable when it returns.
    package func set() throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw JournalError.system(operation: "create", path: path, code: errno) }
        close(descriptor)
        try syncHome()
    }

    package func clear() throws {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw JournalError.system(operation: "remove", path: path, code: errno)
        }
        try syncHome()
    }

    private func syncHome() throws {
        let descriptor = open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw JournalError.system(operation: "open", path: home, code: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw JournalError.system(operation: "sync", path: home, code: errno) }
    }
}
