import ContactSync
import GRDB
import Journal
import Projections

/// `explain --history`: every event about a person, newest first.
struct HistoryListing {
    private let histories: [PersonHistory]
    private let actors: ActorNames
    /// The account's time zone.
    private let zone: String

    /// - Parameter end: Where the past ends that `db` shows.
    init(_ person: String, _ db: Database, _ journal: Database, to end: Position?) throws {
        histories = try PersonHistory.find(person, db, journal: journal, to: end)
        guard !histories.isEmpty else { throw try Explain.unknown(person, db) }
        actors = try ActorNames(db)
        zone = try Installation.account(db)?.timeZone ?? "UTC"
    }

    func show(json: Bool) {
        for (index, history) in histories.enumerated() {
            let lines = HistoryListing.told(history)
            if json {
                for (event, summary) in lines { Output.json(members(event, summary)) }
                continue
            }
            if histories.count > 1 {
                if index > 0 { Output.line("") }
                Output.line(Output.printable(history.user.map { "user \($0.objectID) of tenant \($0.tenant)" } ?? ""))
            }
            Output.table(["POSITION", "TIME", "SYNC", "TYPE", "ACTOR", "WHAT"], lines.map { cells($0.0, $0.1) })
        }
    }

    /// Told from the oldest on, because a change is told by what was known before it.
    private static func told(_ history: PersonHistory) -> [(RecordedEvent, String)] {
        var told = EventSummary()
        return history.events.map { ($0, told.summary(of: $0, isRetold: history.retold.contains($0.position))) }
            .reversed()
    }

    private func cells(_ event: RecordedEvent, _ summary: String) -> [String] {
        [
            event.position.description, Output.time(event.recordedAt, zone: zone),
            event.sync.map { String($0) } ?? "", event.type, actors.name(event.actor), summary,
        ]
    }

    private func members(_ event: RecordedEvent, _ summary: String) -> [(key: String, value: JSONValue)] {
        event.json(actors) + [
            ("local", .string(Output.time(event.recordedAt, zone: zone))), ("summary", .string(summary)),
            ("previous", JSONValue(event.previous?.rawValue)),
        ]
    }
}
