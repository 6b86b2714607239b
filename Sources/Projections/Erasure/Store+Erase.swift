package import ContactSync
import GRDB
package import Journal

/// What became of one person's data.
package struct Erased: Sendable {
    package let person: Person
    /// The event that says so.
    package let position: Position
    package let events: Int
    /// The contacts that are not known any more.
    package let contacts: [ContactID]
    /// Those that another user has taken over.
    package let kept: [ContactID]
}

extension Store {
    /// Erases people: from the journal in one transaction, and then every copy in the home directory's files.
    ///
    /// Only with the lock of syncs held. Where it throws `erasureUnfinished` they are erased, and copies may be left until
    /// a later `Store` of the home has removed them; where it throws anything else nothing has happened.
    ///
    /// - Parameter rewriting: Called before the journal is written anew, which takes as long as it is large.
    package func erase(
        _ occasion: Occasion, progress: FoldProgress = { _, _ in }, rewriting: () -> Void = {},
        _ find: (Transaction) throws -> [Person]
    ) throws -> [Erased] {
        let isUnfinished = mark.isSet
        try mark.set()
        let erased: [Erased]
        do {
            erased = try transact(occasion) { transaction in
                try find(transaction).map { try transaction.erase($0) }
            }
        } catch {
            if !isUnfinished { try? mark.clear() }
            throw error
        }
        try finishErasure(progress, rewriting)
        return erased
    }

    /// Goes on with an erasure that was interrupted, unless a sync is at work, somebody reads, or there is no room: then it
    /// is left to who comes next, and keeps nobody from work.
    func finishErasureAlone() throws {
        let syncs = try FileLock(path: FileLock.syncs(home: home))
        do { try syncs.take() } catch JournalError.busy { return }
        defer { syncs.release() }
        do { try finishErasure({ _, _ in }, {}) } catch JournalError.erasureUnfinished {}
    }

    /// Makes the projections anew, without what was erased, and leaves nothing between the rows of either file.
    private func finishErasure(_ progress: FoldProgress, _ rewriting: () -> Void) throws {
        do {
            try expectNoReaders()
            try remakeProjections(progress)
            rewriting()
            try scrubJournal()
        } catch JournalError.busy {
            throw JournalError.erasureUnfinished(cause: "another process reads the journal", isBusy: true)
        } catch let error as DatabaseError {
            // What is missing is room for the new file, mostly: in the home directory, or where temporary files go.
            throw JournalError.erasureUnfinished(
                cause: error.message ?? "the database cannot be written anew",
                isBusy: error.resultCode == .SQLITE_BUSY)
        }
        try mark.clear()
    }
}

extension Store.Transaction {
    fileprivate func erase(_ person: Person) throws -> Erased {
        let trace = try PersonTrace(person, journal: appender.db, projector)
        let position = try record(
            JournalWriter.Appender.erasure(of: trace.redactions, contacts: trace.gone), of: person)
        try appender.erase(trace.redactions)
        for contact in trace.kept { try append(.contactRead(.init(contact: contact)), .contact(contact.id)) }
        return Erased(
            person: person, position: position, events: trace.redactions.count, contacts: trace.gone,
            kept: trace.kept.map(\.id))
    }

    private func record(_ event: Event, of person: Person) throws -> Position {
        if case .user(let row) = person { try append(event, of: row) } else { try append(event, person.subject) }
        return appender.position
    }
}
