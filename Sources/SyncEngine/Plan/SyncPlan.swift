package import ContactSync
import Journal
import Projections

/// What a preview decided, to be applied as it is: of which journal, at which of its heads, by which engine, and every
/// decision. A first sync may have planned a million, so a plan is its lines, and in memory are only their hashes.
package struct SyncPlan {
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
    package struct Entry: Equatable, Sendable {
        package let user: UserKey
        package let type: String
        /// The event's data.
        package let data: [UInt8]
    }

    /// Hands out the lines of a plan in order, each time from the first one.
    package typealias Lines = (_ body: (_ line: [UInt8]) throws -> Void) throws -> Void

    package let head: Head
    /// Of each decision its line's.
    private var hashes: Set<Hash>
    private let lines: Lines

    /// Reads a plan once, and checks that it is whole. Throws `FormatError` where it is none.
    package init(_ lines: @escaping Lines) throws {
        var hashes: Set<Hash> = []
        head = try SyncPlan.read(lines) { hashes.insert($0.hash) }
        self.hashes = hashes
        self.lines = lines
    }

    /// The hashes, which the plan then has no more: nothing of a million is in memory twice.
    mutating func takeHashes() -> Set<Hash> {
        defer { hashes = [] }
        return hashes
    }

    /// Reads it once more.
    package func eachEntry(_ body: (Entry) throws -> Void) throws { _ = try SyncPlan.read(lines, body) }
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
