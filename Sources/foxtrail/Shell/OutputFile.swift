import Foundation

/// A file that a command was told to write: whole, or not at all, so that a full disk does not cost the one before it. It
/// is its owner's alone, whatever was there before: most of them hold personal data.
final class OutputFile {
    private let path: String
    /// Where it is written until it is whole; nil for a pipe or a device, which is written as it stands.
    private let temporary: String?
    private let descriptor: Int32

    init(path: String) throws {
        self.path = path
        if let stream = try OutputFile.stream(path) {
            (temporary, descriptor) = (nil, stream)
        } else {
            let temporary = path + ".\(getpid()).new"
            self.temporary = temporary
            descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        }
        guard descriptor >= 0 else { throw OutputFile.refused(path, String(cString: strerror(errno))) }
    }

    var isRegular: Bool { temporary != nil }

    deinit {
        close(descriptor)
        if let temporary { unlink(temporary) }
    }

    func write(_ bytes: [UInt8]) throws { try check(Descriptor.write(bytes, to: descriptor)) }

    /// Puts the file in its place; without it nothing has happened.
    func finish() throws {
        guard let temporary else { return }
        try check(fsync(descriptor) == 0 && rename(temporary, path) == 0 ? 0 : errno)
    }

    private func check(_ code: Int32) throws {
        guard code != 0 else { return }
        throw Failure(.io, "the file \(path) cannot be written: \(String(cString: strerror(code)))")
    }

    /// What is there already and is not to be replaced, opened; nil where a file is to be made.
    private static func stream(_ path: String) throws -> Int32? {
        // Opened by its name, a file behind stdout would be written from its start once more.
        if let number = number(ofStream: path) { return dup(number) }
        guard let type = type(of: path), type != .typeRegular else { return nil }
        // Whoever can make a link could have us write over any file of ours, or lay out what it is not to be seen.
        if type == .typeSymbolicLink, self.type(of: target(of: path)).map({ $0 == .typeRegular }) ?? true {
            throw refused(path, "it is a link: name the file itself")
        }
        return open(path, O_WRONLY | O_CLOEXEC)
    }

    private static func number(ofStream path: String) -> Int32? {
        switch path {
        case "/dev/stdout": return STDOUT_FILENO
        case "/dev/stderr": return STDERR_FILENO
        default:
            let prefix = ["/dev/fd/", "/proc/self/fd/"].first { path.hasPrefix($0) }
            return prefix.flatMap { Int32(path.dropFirst($0.count)) }
        }
    }

    /// Of what stands there itself, be it a link; nil for nothing.
    private static func type(of path: String) -> FileAttributeType? {
        try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    }

    private static func target(of path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }

    private static func refused(_ path: String, _ why: String) -> Failure {
        Failure(.cannotCreate, "the file \(path) cannot be written", [why])
    }
}
