import Foundation

/// A directory that a command was told to make: whole, or not at all.
final class OutputDirectory {
    private let path: String
    private let temporary: String
    private var isFinished = false

    init(path: String) throws {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        self.path = path
        temporary = path + ".\(getpid()).new"
        guard access(path, F_OK) != 0 else {
            throw Failure(
                .cannotCreate, "\(path) exists already", ["foxtrail never writes over a directory; name another"])
        }
        guard mkdir(temporary, 0o700) == 0 else { throw OutputDirectory.failure(path, errno) }
    }

    deinit { if !isFinished { try? FileManager.default.removeItem(atPath: temporary) } }

    func write(_ bytes: [UInt8], at name: String) throws {
        let target = "\(temporary)/\(name)"
        try makeParents(of: target)
        let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw OutputDirectory.failure(path, errno) }
        defer { close(descriptor) }
        let code = Descriptor.write(bytes, to: descriptor)
        guard code == 0 else { throw OutputDirectory.failure(path, code) }
    }

    /// Puts the directory in its place; without it nothing has happened. Every file of it is durable then.
    func finish() throws {
        // One call for some thousand files.
        sync()
        guard rename(temporary, path) == 0 else { throw OutputDirectory.failure(path, errno) }
        isFinished = true
    }

    private func makeParents(of target: String) throws {
        let parent = String(target[..<(target.lastIndex(of: "/") ?? target.endIndex)])
        if mkdir(parent, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT else { throw OutputDirectory.failure(path, errno) }
        try makeParents(of: parent)
        guard mkdir(parent, 0o700) == 0 else { throw OutputDirectory.failure(path, errno) }
    }

    private static func failure(_ path: String, _ code: Int32) -> Failure {
        Failure(
            code == ENOSPC || code == EIO ? .io : .cannotCreate,
            "the directory \(path) cannot be written: \(String(cString: strerror(code)))")
    }
}
