import GRDB
import Journal

/// Where a reader stands that goes on as the journal grows.
struct JournalTail {
    private static let most: Int64 = 1000

    private let path: String
    /// The position that is read next.
    private var next: Int64
    /// The last one that was ever seen to be there.
    private var end: Int64

    init(path: String, from position: Int64, end: Int64) {
        self.path = path
        next = min(max(position, 1), .max - JournalTail.most)
        self.end = end
    }

    /// The next events, some at a time; none where there are no more yet.
    ///
    /// The file is opened for each reading and let go before anything is printed: however slow the printing is, an erasure
    /// and the emptying of the log never wait for it, and a file that was put in the journal's place is noticed.
    mutating func read() throws -> [RecordedEvent] {
        do {
            var events: [RecordedEvent] = []
            let last = try JournalFile.openForReading(path: path).read { db in
                try JournalReader.each(db, from: next, to: next + JournalTail.most - 1) { events.append($0) }
                return try JournalReader.lastPosition(db).rawValue
            }
            guard last >= end else { throw shortened(to: last) }
            (next, end) = ((events.last?.position.rawValue).map { $0 + 1 } ?? next, last)
            return events
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            // The file is being written anew; it is there again soon.
            return []
        }
    }

    private func shortened(to last: Int64) -> Failure {
        Failure(
            .doesNotVerify, "the journal ends at event \(last), and event \(end) was there",
            ["another file is in its place, such as an older copy: foxtrail journal verify"])
    }
}
