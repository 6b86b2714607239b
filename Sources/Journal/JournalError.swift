import Glibc

/// What can be wrong with a journal.
package enum JournalError: Error, Equatable {
    case notFound(path: String)
    case notAJournal(path: String)
    case newerFormat(version: Int)
    case exists(path: String)
    /// Another process is writing.
    case busy
    case unknownEvent(type: String, version: Int, position: Position)
    case malformedEvent(type: String, position: Position)
    /// What the tiles say does not fit the events.
    case broken(String)
    /// Fewer events than its last checkpoint says.
    case behindCheckpoint(events: Int64, checkpoint: Int64)
    /// Other events than those that were signed.
    case forked(checkpoint: Int64)
    case damagedCheckpoint(path: String)
    /// People are erased, and copies of what was erased may be left in the files.
    case erasureUnfinished(cause: String, isBusy: Bool)
    /// Root would leave files there that its owner cannot read.
    case othersHome(path: String, owner: String)
    case system(operation: String, path: String, code: Int32)
    case sqlite(code: Int32, message: String)
}

extension JournalError: CustomStringConvertible {
    /// For people: lower case, no full stop.
    package var description: String {
        switch self {
        case .notFound(let path): "there is no journal at \(path)"
        case .notAJournal(let path): "\(path) is not a Foxtrail journal"
        case .newerFormat(let version): "it has format \(version), which a newer foxtrail wrote"
        case .exists(let path): "\(path) exists already"
        case .busy: "another process is writing to it"
        case .unknownEvent(let type, let version, let position):
            "event \(position) is a \(type) of version \(version), which this foxtrail does not know"
        case .malformedEvent(let type, let position): "event \(position) holds no valid \(type)"
        case .broken(let what): what
        case .behindCheckpoint(let events, let checkpoint):
            "it ends at event \(events), and \(checkpoint) were signed"
        case .forked(let checkpoint): "its first \(checkpoint) events are others than those that were signed"
        case .damagedCheckpoint(let path): "\(path) is not a checkpoint"
        case .erasureUnfinished(let cause, _): "\(cause): copies of what was erased may be left in its files"
        case .othersHome(let path, let owner):
            "\(path) belongs to \(owner), and root would leave files of its own there"
        case .system(let operation, let path, let code):
            "cannot \(operation) \(path): \(String(cString: strerror(code)))"
        case .sqlite(let code, let message): "\(message) (SQLite's code \(code))"
        }
    }
}
