import GRDB

extension RecordedEvent {
    /// The event's hash in the tree. Once erased, its commitment is the one that the erasure recorded.
    func leafHash(_ db: Database) throws -> Hash {
        guard let salt, let data else {
            throw JournalError.broken("event \(position) is erased without a record of it")
        }
        return leafHash(commitment: Leaf.commitment(salt: salt, data: data))
    }

    func leafHash(commitment: [UInt8]) -> Hash {
        let event = NewEvent(type: type, version: version, subject: subject, previous: previous, data: [])
        return Leaf.hash(
            Leaf.entry(
                position: position.rawValue, occasion: Occasion(actor: actor, sync: sync, time: recordedAt),
                event: event, commitment: commitment))
    }
}
