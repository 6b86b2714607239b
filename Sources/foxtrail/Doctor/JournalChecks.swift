import ArgumentParser
import ContactSync
import Foundation
import GRDB
import Journal
import Projections
import SyncEngine

/// Whether the journal can be read, and how the read models stand to it.
struct JournalChecks {
    let home: String

    static var version: Finding {
        let sqlite = (try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }) ?? nil
        return Finding(
            "version", .ok,
            "foxtrail \(Foxtrail.configuration.version), engine \(Syncer.engineVersion), "
                + "journal format \(JournalFile.newestFormat), SQLite \(sqlite ?? "unknown")")
    }

    func findings() -> [Finding] {
        let journal: DatabaseQueue
        do {
            journal = try JournalFile.openForReading(path: JournalFile.path(home: home))
            // What is damaged shows where it is read, and the last event lies at the end of every path.
            _ = try journal.read(lastEvent)
        } catch JournalError.notAJournal {
            return [damaged]
        } catch {
            let isDamaged = Failure(describing: error).code == .doesNotVerify
            return [isDamaged ? damaged : Finding("journal", failed: error)]
        }
        return [
            check("journal") { try journal.read(events) }, check("read models") { try readModels(journal) },
            check("last event") { try journal.read(lastEvent) },
        ]
    }

    private var damaged: Finding {
        Finding(
            "journal", .fail(.doesNotVerify), "\(JournalFile.path(home: home)) is damaged, or is no journal",
            advice: "put the newest copy in its place (foxtrail journal backup makes them); "
                + "foxtrail journal verify tells how much is damaged")
    }

    private func check(_ name: String, _ body: () throws -> Finding) -> Finding {
        do { return try body() } catch { return Finding(name, failed: error) }
    }

    private func events(_ db: Database) throws -> Finding {
        let (last, format) = (try JournalReader.lastPosition(db).rawValue, try JournalFile.version(db))
        guard last > 0 else {
            return Finding("journal", .fail(.configuration), "it has no events yet", advice: "foxtrail init")
        }
        let text = "\(last) events can be read, format \(format)"
        if format == JournalFile.newestFormat { return Finding("journal", .ok, text) }
        return Finding("journal", .ok, "\(text); the next change brings it to format \(JournalFile.newestFormat)")
    }

    private func readModels(_ journal: DatabaseQueue) throws -> Finding {
        let name = "read models"
        let rebuild = "the next command does that by itself; foxtrail projections rebuild does it now"
        switch try ReadModels.standing(home: home, journal: journal) {
        case .current: return Finding(name, .ok, "up to date")
        case .behind(let events):
            return Finding(
                name, .ok, "\(events) event\(events == 1 ? "" : "s") behind the journal; the next command takes them in"
            )
        case .absent: return Finding(name, .warn, "there are none, and they are to be made", advice: rebuild)
        case .unusable:
            return Finding(name, .warn, "damaged, or another foxtrail's: they are to be made anew", advice: rebuild)
        case .unreadable:
            return Finding(
                name, .warn, "they cannot be read here: each command makes its own in a temporary file",
                advice: "act as the owner of \(home)")
        case .otherJournal:
            return Finding(
                name, .warn, "of another journal than this, or of one that has lost events",
                advice: "foxtrail journal verify; if all is well, \(rebuild)")
        }
    }

    /// Events are told apart by their order, but schedules, tokens and reports go by the clock.
    private func lastEvent(_ db: Database) throws -> Finding {
        let position = try JournalReader.lastPosition(db)
        guard let event = try JournalReader.event(db, at: position) else {
            return Finding("last event", .ok, "there is none yet")
        }
        let ahead = event.recordedAt - Clock.now()
        guard ahead > 60_000 else {
            return Finding("last event", .ok, "recorded at \(Output.time(event.recordedAt))")
        }
        return Finding(
            "last event", .warn,
            "recorded at \(Output.time(event.recordedAt)), which is in the future: the clock was set back",
            advice: "set the clock, and let it be kept by NTP")
    }
}
