import Foundation
import Journal

/// One service per home directory, and which process it is.
struct ServeLock {
    private let lock: FileLock

    init(home: String) throws {
        let path = home + "/serve.lock"
        lock = try FileLock(path: path)
        do { try lock.take() } catch JournalError.busy {
            let holder = try? String(contentsOfFile: path, encoding: .utf8)
            let pid = holder.flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
            throw Failure(
                .busy, "another foxtrail serves \(home)" + (pid.map { ": process \($0)" } ?? ""),
                ["one is enough; another account has a home directory of its own (--home)"])
        }
        try lock.write("\(getpid())\n")
    }

    func release() { lock.release() }
}
