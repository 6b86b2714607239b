import ContactSync
import GRDB
import Journal

extension RecordedEvent {
    /// Whether an erasure recorded again what another user's contact holds, which it may have from the erased person's
    /// events: nothing of the contact changed then, and whoever erased has nothing to do with its values.
    func isRetold(_ journal: Database) throws -> Bool {
        guard type == EventType.contactRead.rawValue, sync == nil else { return false }
        var before = try JournalReader.event(journal, at: Position(rawValue: position.rawValue - 1))
        while let event = before, event.actor == actor, event.recordedAt == recordedAt {
            if event.type == EventType.personErased.rawValue { return true }
            guard event.type == type else { return false }
            before = try JournalReader.event(journal, at: Position(rawValue: event.position.rawValue - 1))
        }
        return false
    }
}
