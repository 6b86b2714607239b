package import ContactSync
package import GRDB
package import Journal

/// What a user's own events tell of the record as it stands: the newest of each kind.
package struct RecordChain: Sendable {
    /// An event that says what was decided, or what came of it.
    package struct Step: Sendable {
        package let record: RecordedEvent
        /// Of an erased event what stayed: the contact's number and whether it was linked, and no values.
        package let event: Event
        package var isErased: Bool { record.isErased }
    }

    /// What the user's object comes from: nothing that Entra has said since then was new.
    package private(set) var input: RecordedEvent?
    package private(set) var removal: (record: RecordedEvent, cause: UserRemoved.Cause)?
    /// What was decided last.
    package private(set) var decision: Step?
    /// What a help desk elsewhere made of the decision; nil where nothing is known, and where contacts live here.
    package private(set) var answer: Step?
    /// The event that gave the user the contact.
    package private(set) var link: Step?

    private let contact: ContactID?
    private let isRemoved: Bool
    private var isAbandoned = false

    package init(_ row: UsersTable.Row, journal: Database) throws {
        (contact, isRemoved) = (row.contact, row.isRemoved)
        try JournalReader.chain(journal, from: Position(rawValue: row.lastEvent)) { record in
            if let event = try record.event() { take(Step(record: record, event: event)) }
            return !isComplete
        }
    }

    private var isComplete: Bool {
        input != nil && decision != nil && (link != nil || contact == nil) && (removal != nil || !isRemoved)
    }

    private mutating func take(_ step: Step) {
        switch step.event {
        case .userFetched, .userChanged: input = input ?? step.record
        case .userRemoved(let removed): removal = removal ?? (step.record, removed.cause)
        case .contactWriteAbandoned: isAbandoned = decision == nil
        case .contactWriteRequested: request(step)
        case .contactCreated(let created):
            if created.contact.id == contact { link = link ?? step }
            decision = decision ?? step
        case .contactUpdated(let updated):
            if updated.adopts, updated.contact == contact { link = link ?? step }
            decision = decision ?? step
        case .contactFailed: decision = decision ?? step
        default: break
        }
    }

    /// Where contacts live elsewhere it was decided when it was asked for, and what stands behind is the answer.
    private mutating func request(_ step: Step) {
        if isAbandoned {
            isAbandoned = false
        } else if let found = decision {
            guard answer == nil, found.answers(step) else { return }
            (decision, answer) = (step, found)
        } else {
            decision = step
        }
    }
}

extension RecordChain.Step {
    /// Whether this is how a requested write ended: as decided, or refused.
    fileprivate func answers(_ request: RecordChain.Step) -> Bool {
        if case .contactFailed(let failed) = event { return failed.isRefused }
        if case .contactWriteRequested = event { return false }
        return Decision(recorded: event) == Decision(recorded: request.event)
    }
}
