import Foundation

/// Open files by their number: FileHandle ends the process where a disk is full.
enum Descriptor {
    /// Writes everything; returns 0 or the error's number.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0 { return errno }
            rest = rest.dropFirst(count)
        }
        return 0
    }

    /// How many columns a terminal has; nil where the file is none, or one that cannot rewrite a line.
    static func columns(of descriptor: Int32) -> Int? {
        guard isatty(descriptor) == 1, ProcessInfo.processInfo.environment["TERM"] != "dumb" else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}

/// A file that a command was told to write: whole, or not at all, so that a full disk does not cost the one before it.
final class OutputFile {
    private let path: String
    private let temporary: String
    private let descriptor: Int32

    init(path: String) throws {
        let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        let isSpecial = type.map { $0 != .typeRegular } ?? false
        self.path = path
        // A pipe, a device or a link is written as it stands.
        temporary = isSpecial ? path : path + ".\(getpid()).new"
        descriptor = open(temporary, O_WRONLY | O_CREAT | (isSpecial ? 0 : O_EXCL) | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(.cannotCreate, "the file \(path) cannot be written", [String(cString: strerror(errno))])
        }
    }

    var isRegular: Bool { temporary != path }

    deinit {
        close(descriptor)
        if isRegular { unlink(temporary) }
    }

    func write(_ bytes: [UInt8]) throws { try check(Descriptor.write(bytes, to: descriptor)) }

    /// Puts the file in its place; without it nothing has happened.
    func finish() throws {
        guard isRegular else { return }
        try check(fsync(descriptor) == 0 && rename(temporary, path) == 0 ? 0 : errno)
    }

    private func check(_ code: Int32) throws {
        guard code != 0 else { return }
        throw Failure(.io, "the file \(path) cannot be written: \(String(cString: strerror(code)))")
    }
}
