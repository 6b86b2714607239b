import ContactSync
import Foundation
import GRDB
import Journal

/// One checkpoint held against a journal.
struct CheckpointCheck {
    let file: String
    let checkpoint: Checkpoint
    let verdict: CheckpointVerdict

    /// - Parameters:
    ///   - key: Who must have signed it; nil where that key cannot be read, and the file is foxtrail's own.
    ///   - isKept: Whether it is the file that foxtrail keeps beside the journal, and not one that somebody named.
    init(file: String, isKept: Bool, key: NoteKey?, journal path: String) throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Failure(.badInput, "the file \(file) cannot be read", ["check its name and rights"])
        }
        guard let checkpoint = Checkpoint([UInt8](data)) else {
            throw Failure(
                isKept ? .doesNotVerify : .badInput, "\(file) is not a checkpoint",
                ["foxtrail journal checkpoint prints one"])
        }
        if let key, !key.signed(checkpoint.note) {
            throw Failure(
                .doesNotVerify, "\(file) is not signed by \(key.name)+\(key.idText)",
                ["it was changed, or another key signed it; --public-key names the key"])
        }
        self.file = file
        self.checkpoint = checkpoint
        verdict = try JournalFile.openForReading(path: path).read { try checkpoint.verdict($0) }
    }

    /// For people; nil where all is well.
    var fault: String? {
        let before = "the journal does not hold what \(file) signed"
        return switch verdict {
        case .consistent: nil
        case .another(let origin): "\(file) is of another journal: this is \(origin)"
        case .truncated(let events):
            "\(before): truncated, or an older copy: it ends at event \(events), and \(checkpoint.size) were signed"
        case .rolledBack(let position, let size):
            "\(before): rolled back: event \(position) says that somebody went on from an older copy of \(size) events"
        case .forked:
            "\(before): forked: its first \(checkpoint.size) events are others than those that were signed"
        }
    }

    var json: JSONValue {
        .object([("file", .string(file)), ("size", JSONValue(checkpoint.size)), ("verdict", .string(verdict.name))])
    }
}
