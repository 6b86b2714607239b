package import ContactSync
package import GRDB
package import Journal

/// The journal and its projections, moved together: command -> events -> rows, each in one transaction of its file.
///
/// The journal commits first. A crash between the two commits leaves the projections behind, and the next
/// transaction takes in what they miss.
package final class Store {
    package let home: String
    private let journal: JournalWriter
    private let projections: DatabaseQueue
    private var projector: Projector?
    /// Where the projector has got to: what another process appends since then it does not know.
    private var projected: Int64 = 0

    package init(home: String, creating: Bool = false, afterRestore: Bool = false) throws {
        self.home = home
        journal = try JournalWriter(home: home, creating: creating, afterRestore: afterRestore)
        projections = try ProjectionsFile.open(path: ProjectionsFile.path(home: home))
        if mark.isSet { try finishErasureAlone() }
    }

    var mark: ErasureMark { ErasureMark(home: home) }

    /// Inside a transaction: reads see what was appended before.
    package struct Transaction {
        package let appender: Appender
        package let projector: Projector
        package let occasion: Occasion
        package var db: Database { projector.db }

        /// Appends an event and applies it to the projections. `sync` names another sync than the occasion's.
        @discardableResult
        package func append(_ event: Event, _ subject: Subject?, sync: Int64? = nil) throws -> Position {
            var occasion = occasion
            if let sync { occasion.sync = sync }
            let previous = try subject.flatMap { try projector.last($0) }
            let record = try record(event, subject?.text, previous, occasion)
            try projector.apply(event, record, journal: appender.db)
            return record.position
        }

        /// Appends what was fetched of a user, whose row is `known` unless the user was never seen, and returns the row
        /// as it then is. `whole` is the object as known now, where the event holds only changes.
        package func append(
            fetched event: Event, of key: UserKey, known: UsersTable.Row?, whole: UserObject? = nil
        ) throws -> UsersTable.Row {
            let previous = known.map { Position(rawValue: $0.lastEvent) }
            let record = try record(event, Subject.user(key).text, previous, occasion)
            var whole = whole
            // What is only rehearsed is in no journal from which it could be read.
            if appender.rehearsal != nil, case .userFetched(let user) = event { whole = user }
            return try projector.fetched(record, of: key, known: known, whole: whole)
        }

        /// Appends what a known user's record was decided to be.
        package func append(decided event: Event, of user: UsersTable.Row) throws {
            if appender.rehearsal != nil, let decision = RecordDecision(event) {
                try DecisionsTable.add(event, decision, of: user, projector)
            }
            try append(event, of: user)
        }

        /// Appends what became of a known user.
        package func append(_ event: Event, of user: UsersTable.Row) throws {
            let previous = Position(rawValue: user.lastEvent)
            let record = try record(event, Subject.user(user.key).text, previous, occasion)
            try projector.decided(event, record, user)
        }

        private func record(
            _ event: Event, _ subject: String?, _ previous: Position?, _ occasion: Occasion
        ) throws -> RecordedEvent {
            try appender.append(
                NewEvent(
                    type: event.type.rawValue, version: Event.version, subject: subject, previous: previous,
                    data: try event.data()), occasion)
        }
    }

    /// Runs `body`; all its events become durable, or none, and the projections with them.
    package func transact<T>(_ occasion: Occasion, _ body: (Transaction) throws -> T) throws -> T {
        try projections.inDatabase { db in
            var result: T?
            try db.execute(sql: "BEGIN IMMEDIATE")
            do {
                try journal.transaction { appender in
                    let projector = try ready(db, appender)
                    result = try body(
                        Transaction(appender: Appender(appender), projector: projector, occasion: occasion))
                    try ProjectionsFile.setStamp(db, appender.position, appender.root)
                    projected = appender.position.rawValue
                }
            } catch {
                if db.isInsideTransaction { try? db.execute(sql: "ROLLBACK") }
                // What it remembers may be of what was rolled back.
                projector = nil
                throw error
            }
            do {
                try db.execute(sql: "COMMIT")
            } catch {
                // The events are durable, and so the command is done; the next transaction takes in what is missing here.
                if db.isInsideTransaction { try? db.execute(sql: "ROLLBACK") }
                projector = nil
            }
            guard let result else { throw JournalError.broken("a transaction without a result") }
            return result
        }
    }

    /// Throws away what is there, and leaves nothing of it in the file.
    func remakeProjections(_ progress: FoldProgress) throws {
        let reader = try JournalFile.openForReading(path: JournalFile.path(home: home))
        projector = nil
        try projections.inDatabase { db in
            try db.inTransaction(.immediate) {
                try reader.read { try Catchup.anew(db, journal: $0, progress: progress) }
                return .commit
            }
            try db.execute(sql: "VACUUM")
            try JournalFile.emptyLog(db)
        }
    }

    /// Asked first: what comes then is long, and would be for nothing.
    func expectNoReaders() throws {
        try journal.emptyLog()
        try projections.inDatabase { try JournalFile.emptyLog($0) }
    }

    func scrubJournal() throws { try journal.scrub() }

    /// Keeps a checkpoint that was signed of this journal.
    package func keep(_ checkpoint: Checkpoint, replacing: Bool) throws {
        try journal.keep(checkpoint, replacing: replacing)
    }

    /// Brings the projections up to the journal, rebuilding them where they are of another journal or version.
    private func ready(_ db: Database, _ appender: JournalWriter.Appender) throws -> Projector {
        let position = appender.position.rawValue
        if let projector, projected == position, ProjectionsFile.stamp(db)?.position == position { return projector }
        try Catchup.run(db, journal: appender.db)
        let projector = try Projector(db)
        self.projector = projector
        return projector
    }
}
