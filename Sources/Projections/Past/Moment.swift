import ContactSync
import Foundation
package import GRDB
package import Journal

/// A moment of the journal as a person names it.
package enum Moment: Equatable, Sendable {
    case position(Position)
    case time(NamedTime)

    /// A position in digits, or a time as `NamedTime` reads it.
    package init?(_ text: String) {
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            self = .position(Position(rawValue: Int64(text) ?? .max))
        } else if let time = NamedTime(text) {
            self = .time(time)
        } else {
            return nil
        }
    }

    /// The last event that belongs to the state of this moment.
    package func position(_ journal: Database) throws -> Position {
        let last = try JournalReader.lastPosition(journal)
        guard last > .zero else { throw MomentError.empty }
        switch self {
        case .position(let position):
            guard position > .zero else { throw MomentError.beforeFirst }
            guard position <= last else { throw MomentError.beyond(last: last) }
            return position
        case .time(let time):
            let zone = try time.isLocal ? Moment.zone(journal) : .utc
            if let position = try JournalReader.position(journal, at: time.end(in: zone)) { return position }
            let first = try JournalReader.event(journal, at: Position(rawValue: 1))
            throw MomentError.tooEarly(first: first?.recordedAt ?? 0, zone: zone.name)
        }
    }

    /// The account's time zone as it is now: whoever names a time means it by today's clock.
    private static func zone(_ journal: Database) throws -> ZoneRules {
        let types = [EventType.accountOpened, .accountChanged].map(\.rawValue)
        let sql = "SELECT position FROM events WHERE type IN (?, ?) AND data IS NOT NULL ORDER BY position DESC LIMIT 1"
        guard let position = try Int64.fetchOne(journal, sql: sql, arguments: StatementArguments(types)),
            let event = try JournalReader.event(journal, at: Position(rawValue: position))?.event()
        else { return .utc }
        if case .accountOpened(let opened) = event { return ZoneRules(account: opened.account.timeZone) }
        if case .accountChanged(let changed) = event { return ZoneRules(account: changed.account.timeZone) }
        return .utc
    }
}

/// Why a moment is none of this journal.
package enum MomentError: Error, Equatable {
    /// The journal has no events.
    case empty
    case beforeFirst
    case beyond(last: Position)
    /// `first` is when the first event was recorded, in milliseconds since 1970; `zone` is that of the time that was named.
    case tooEarly(first: Int64, zone: String)
}
