package import ContactSync
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
    /// Only while no sync runs. When it throws after the transaction, the next `Store` of the home goes on.
    package func erase(_ occasion: Occasion, _ find: (Transaction) throws -> [Person]) throws -> [Erased] {
        try mark.set()
        let erased = try transact(occasion) { transaction in
            try find(transaction).map { try transaction.erase($0) }
        }
        try finishErasure()
        return erased
    }

    /// Makes the projections anew, without what was erased, and leaves nothing between the rows of either file.
    package func finishErasure() throws {
        try remakeProjections()
        try scrubJournal()
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
