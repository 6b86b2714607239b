import ContactSync
package import GRDB

/// How a journal stands to a tree head that was signed of it, earlier and perhaps kept elsewhere.
package enum CheckpointVerdict: Equatable, Sendable {
    /// The journal begins with exactly the events that were signed.
    case consistent
    /// It is a journal with another id.
    case another(origin: String)
    /// It ends before: cut off, or an older copy, which is the same.
    case truncated(events: Int64)
    /// An event says that somebody went on from an older copy, and what was signed was left behind.
    case rolledBack(recordedAt: Position, from: Int64)
    /// It has as many events, but others.
    case forked

    package var isConsistent: Bool { self == .consistent }

    package var name: String {
        switch self {
        case .consistent: "consistent"
        case .another: "another"
        case .truncated: "truncated"
        case .rolledBack: "rolledBack"
        case .forked: "forked"
        }
    }
}

extension Checkpoint {
    /// Proves by RFC 6962's consistency proof, from the journal's tiles, that the journal holds what was signed.
    package func verdict(_ db: Database) throws -> CheckpointVerdict {
        let origin = try JournalReader.origin(db)
        guard origin == self.origin else { return .another(origin: origin) }
        let events = try JournalReader.lastPosition(db).rawValue
        if events >= size {
            let tree = TileTree(journal: db, size: events)
            let proof = try tree.consistency(with: size)
            if TreeProof.extends(size, root, to: events, try tree.root(), proof: proof) { return .consistent }
        }
        if let rollback = try rollback(db) { return rollback }
        return events < size ? .truncated(events: events) : .forked
    }

    /// The recorded restoring of an older copy that ended before this checkpoint.
    private func rollback(_ db: Database) throws -> CheckpointVerdict? {
        let positions = try Int64.fetchAll(
            db, sql: "SELECT position FROM events WHERE type = 'checkpointSigned' ORDER BY position")
        for position in positions.map(Position.init(rawValue:)) {
            guard case .checkpointSigned(let signed)? = try JournalReader.event(db, at: position)?.event(),
                let abandoned = signed.abandoned, signed.head.size < size, size <= abandoned.size
            else { continue }
            return .rolledBack(recordedAt: position, from: signed.head.size)
        }
        return nil
    }
}
