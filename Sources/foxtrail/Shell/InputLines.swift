import Foundation

/// The lines of a file that a command was told to read, one at a time: the file may be large.
final class InputLines {
    /// What has more without a line's end is none of our files.
    private static let longest = 1 << 24
    private static let chunk = 1 << 16

    private let path: String
    private let file: FileHandle
    private var isRead = false

    init(path: String) throws {
        guard let file = FileHandle(forReadingAtPath: path) else { throw InputLines.failure(path) }
        (self.path, self.file) = (path, file)
    }

    /// Without their ends; an empty line is none. May be asked for more than once: of a pipe there is nothing then.
    func each(_ body: ([UInt8]) throws -> Void) throws {
        if isRead { do { try file.seek(toOffset: 0) } catch { return } }
        isRead = true
        var rest: [UInt8] = []
        while let data = try read() {
            var pieces = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
            rest += pieces.removeFirst()
            while let next = pieces.popFirst() {
                if !rest.isEmpty { try body(rest) }
                rest = Array(next)
            }
            if rest.count > InputLines.longest { throw InputLines.failure(path) }
        }
        if !rest.isEmpty { try body(rest) }
    }

    private func read() throws -> Data? {
        do {
            let data = try file.read(upToCount: InputLines.chunk)
            return data?.isEmpty == false ? data : nil
        } catch {
            throw InputLines.failure(path)
        }
    }

    private static func failure(_ path: String) -> Failure {
        Failure(.badInput, "the file \(path) cannot be read", ["check its name and rights"])
    }
}
