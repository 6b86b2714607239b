import GRDB
import Journal
import Projections

extension TemporaryHome {
    /// How many events there were behind each transaction.
    func heads() throws -> [Int64] {
        try models().journal.read { try Int64.fetchAll($0, sql: "SELECT size FROM heads ORDER BY size") }
    }

    /// A home whose journal ends there: the same events, appended again.
    func prefix(size: Int64) throws -> TemporaryHome {
        let copy = try TemporaryHome()
        let writer = try JournalWriter(home: copy.path, creating: true)
        let events = try events().prefix(Int(size))
        try writer.transaction { appender in
            for event in events {
                _ = try appender.append(
                    NewEvent(
                        type: event.type, version: event.version, subject: event.subject, previous: event.previous,
                        data: event.data ?? []),
                    Occasion(actor: event.actor, sync: event.sync, time: event.recordedAt))
            }
        }
        return copy
    }
}
