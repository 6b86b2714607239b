package import GRDB
package import Journal

extension Store {
    /// Where a transaction's events go, and where those before them are read. Whoever decides need not know whether it
    /// is the journal or a rehearsal.
    package struct Appender {
        private enum Destination {
            case journal(JournalWriter.Appender)
            case rehearsal(Rehearsal)
        }

        /// The journal, for reading.
        package let db: Database
        private let destination: Destination

        init(_ appender: JournalWriter.Appender) {
            (db, destination) = (appender.db, .journal(appender))
        }

        init(_ rehearsal: Rehearsal, reading journal: Database) {
            (db, destination) = (journal, .rehearsal(rehearsal))
        }

        /// The last event's position.
        package var position: Position {
            switch destination {
            case .journal(let appender): appender.position
            case .rehearsal(let rehearsal): rehearsal.position
            }
        }

        /// The journal's root, which a rehearsal leaves where it is.
        package var root: Hash {
            switch destination {
            case .journal(let appender): appender.root
            case .rehearsal(let rehearsal): rehearsal.base.root
            }
        }

        /// Nil where events are appended for good.
        package var rehearsal: Rehearsal? {
            switch destination {
            case .journal: nil
            case .rehearsal(let rehearsal): rehearsal
            }
        }

        func append(_ event: NewEvent, _ occasion: Occasion) throws -> RecordedEvent {
            switch destination {
            case .journal(let appender): try appender.append(event, occasion)
            case .rehearsal(let rehearsal): rehearsal.number(event, occasion)
            }
        }

        /// Removes the data of events by the erasure that was appended last. Nothing is ever erased in a rehearsal.
        func erase(_ redactions: [Redaction]) throws {
            if case .journal(let appender) = destination { try appender.erase(redactions) }
        }
    }
}
