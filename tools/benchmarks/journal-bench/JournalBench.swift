import Foundation
import GRDB
import Journal

/// The journal's side of tools/bench: the real writer, reader and verifier, timed inside the process as the C references time
/// themselves, so that neither side's start counts.
@main
enum JournalBench {
    static let usage = """
        usage: journal-bench append DIR EVENTS BATCH   (DIR exists and holds no journal)
               journal-bench fold DIR
               journal-bench verify DIR
        """

    static func main() {
        do {
            try run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            let message = error is UsageError ? usage : "error: \(error)"
            FileHandle.standardError.write(Data((message + "\n").utf8))
            exit(error is UsageError ? 64 : 70)
        }
    }

    private static func run(_ arguments: [String]) throws {
        switch (arguments.first, arguments.count) {
        case ("append", 4):
            guard let events = Int64(arguments[2]), let batch = Int64(arguments[3]), events > 0, batch > 0 else {
                throw UsageError()
            }
            try Append(events: events, batch: batch).run(home: arguments[1])
        case ("fold", 2): try fold(path: JournalFile.path(home: arguments[1]))
        case ("verify", 2): try verify(path: JournalFile.path(home: arguments[1]))
        default: throw UsageError()
        }
    }

    /// Counts what fold.c counts, so that both can be seen to have read the same.
    private static func fold(path: String) throws {
        let journal = try JournalFile.openForReading(path: path)
        var events: Int64 = 0
        var bytes = 0
        var subjects = 0
        var pointers = 0
        var types: [String: Int] = [:]
        let seconds = try timed {
            try journal.read { db in
                try JournalReader.each(db) { event in
                    events += 1
                    types[event.type, default: 0] += 1
                    bytes += event.data?.count ?? 0
                    subjects += event.subject == nil ? 0 : 1
                    pointers += event.previous == nil ? 0 : 1
                }
            }
        }
        let counts = types.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
        report(
            seconds, events,
            ",\"dataBytes\":\(bytes),\"withSubject\":\(subjects),\"withPrevious\":\(pointers),\"types\":{\(counts)}")
    }

    private static func verify(path: String) throws {
        var found: Verification?
        let seconds = try timed { found = try Verifier.verify(path: path) }
        guard let found, found.faults.isEmpty else { throw Unsound(faults: found?.faults ?? []) }
        report(seconds, found.events, ",\"root\":\"\(found.root)\"")
    }

    static func timed(_ body: () throws -> Void) rethrows -> Double {
        let time = try ContinuousClock().measure(body)
        return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    }

    static func report(_ seconds: Double, _ events: Int64, _ more: String = "") {
        let rate = Int64((Double(events) / max(seconds, 1e-9)).rounded())
        print("{\"seconds\":\(seconds),\"events\":\(events),\"eventsPerSecond\":\(rate)\(more)}")
    }
}

struct UsageError: Error {}

/// A journal that was written a moment ago and does not verify makes every number here worthless.
struct Unsound: Error {
    let faults: [String]
}
