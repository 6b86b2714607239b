package import GRDB
package import Journal

/// What a `Store` is to whoever decides, but nothing is appended: events go no further than to a copy of the projections,
/// under the positions that they would have. The journal is only read, and the home directory is left as it is.
package final class Rehearsal {
    /// How many events the journal had, and the root over them: what is rehearsed comes behind these.
    package let base: (size: Int64, root: Hash)
    private let journal: DatabaseQueue
    private let projections: DatabaseQueue
    private var projector: Projector?
    private(set) var position: Position

    /// On what holds now.
    package convenience init(_ models: ReadModels) throws {
        try self.init(journal: models.journal) { scratch, _ in try models.projections.backup(to: scratch) }
    }

    /// On what held when the journal ended at a position.
    package convenience init(
        journal: DatabaseQueue, at position: Position, progress: FoldProgress = { _, _ in }
    ) throws {
        try self.init(journal: journal) { scratch, journal in
            try scratch.inDatabase { db in
                try db.inTransaction(.immediate) {
                    try Catchup.run(db, journal: journal, to: position, progress: progress)
                    return .commit
                }
            }
        }
    }

    private init(journal: DatabaseQueue, _ fill: (DatabaseQueue, Database) throws -> Void) throws {
        self.journal = journal
        let scratch = try ProjectionsFile.temporary()
        projections = scratch
        try journal.read { try fill(scratch, $0) }
        let stamp = try scratch.read { ProjectionsFile.stamp($0) }
        guard let stamp, let root = Hash(stamp.root) else { throw JournalError.broken("projections without a stamp") }
        base = (stamp.position, root)
        position = Position(rawValue: stamp.position)
        try scratch.inDatabase { try $0.execute(sql: DecisionsTable.schema) }
    }

    /// Runs `body` as `Store.transact` does: where it throws, none of its events is known any more.
    package func transact<T>(_ occasion: Occasion, _ body: (Store.Transaction) throws -> T) throws -> T {
        try projections.inDatabase { db in
            let before = position
            try db.execute(sql: "BEGIN IMMEDIATE")
            do {
                let result = try journal.read { journal in
                    let projector = try projector ?? Projector(db)
                    self.projector = projector
                    return try body(
                        Store.Transaction(
                            appender: Store.Appender(self, reading: journal), projector: projector, occasion: occasion))
                }
                try db.execute(sql: "COMMIT")
                return result
            } catch {
                if db.isInsideTransaction { try? db.execute(sql: "ROLLBACK") }
                position = before
                // What it remembers may be of what was rolled back.
                projector = nil
                throw error
            }
        }
    }

    /// The projections as rehearsed so far.
    package func read<T>(_ body: (Database) throws -> T) throws -> T { try projections.read(body) }

    /// Hands out what records were decided to be: users in the order in which they were first fetched, and of each the
    /// first decision first.
    package func eachDecision(_ body: (RehearsedDecision) throws -> Void) throws {
        try read { try DecisionsTable.each($0, body) }
    }

    /// How many decisions there are.
    package var decisionCount: Int {
        get throws { try read { try DecisionsTable.count($0) } }
    }

    /// The event as it would stand in the journal.
    func number(_ event: NewEvent, _ occasion: Occasion) -> RecordedEvent {
        position = position.next
        return RecordedEvent(rehearsed: event, at: position, occasion)
    }
}
