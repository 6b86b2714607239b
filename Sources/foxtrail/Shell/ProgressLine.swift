import Foundation
import HTTP
import SyncEngine

/// One line on stderr that is written over: only on a terminal, and not when quiet.
struct ProgressLine: Sendable {
    let isShown: Bool

    init(quiet: Bool) { isShown = !quiet && isatty(STDERR_FILENO) == 1 }

    func show(_ progress: SyncProgress) {
        write("\(progress.tenant): \(progress.users) users read in \(progress.pages) pages")
    }

    func show(_ wait: Wait) { write("\(wait)") }

    func clear() { if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) } }

    private func write(_ text: String) {
        if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8)) }
    }
}
