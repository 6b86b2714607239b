package import ContactSync
import GRDB
import Journal
package import Projections

/// What a preview decided, to be applied as it is: of which journal, at which of its heads, by which engine, and every
/// decision.
package struct SyncPlan: Sendable {
    package struct Head: Equatable, Sendable {
        /// The name of the journal, as its checkpoints carry it.
        package let origin: String
        /// How many events the journal had.
        package let size: Int64
        /// The root over them, in 64 hex digits.
        package let root: String
        package let engine: Int
        package let madeAt: Int64
        package let decisions: Int
    }

    /// One decision, as it stands in the plan's file.
    package struct Entry: Hashable, Sendable {
        package let user: UserKey
        package let type: String
        /// The event's data.
        package let data: [UInt8]
    }

    package let head: Head
    package let entries: [Entry]

    /// The plan of a rehearsed sync.
    package init(_ rehearsal: Rehearsal, origin: String, at time: Int64) throws {
        var entries: [Entry] = []
        try rehearsal.eachDecision { entries.append(try Entry($0)) }
        self.init(
            head: Head(
                origin: origin, size: rehearsal.base.size, root: rehearsal.base.root.description,
                engine: Syncer.engineVersion, madeAt: time, decisions: entries.count), entries: entries)
    }

    init(head: Head, entries: [Entry]) {
        self.head = head
        self.entries = entries
    }
}

extension SyncPlan.Entry {
    init(_ rehearsed: RehearsedDecision) throws {
        user = rehearsed.user.key
        switch rehearsed.decision {
        case .create(let contact): (type, data) = ("create", try Event.contactCreated(.init(contact: contact)).data())
        case .update(let update): (type, data) = ("update", try Event.contactUpdated(update).data())
        case .fail(let failed): (type, data) = ("fail", try Event.contactFailed(failed).data())
        }
    }

    /// Nil where the data is not what the type asks for.
    var decision: RecordDecision? {
        let type: EventType? =
            switch self.type {
            case "create": .contactCreated
            case "update": .contactUpdated
            case "fail": .contactFailed
            default: nil
            }
        return type.flatMap { try? Event($0, data: data) }.flatMap(RecordDecision.init)
    }
}
