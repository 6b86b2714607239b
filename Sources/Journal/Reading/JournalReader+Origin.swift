import ContactSync
package import GRDB

extension JournalReader {
    /// The name that the journal's checkpoints carry.
    package static func origin(_ db: Database) throws -> String {
        guard case .accountOpened(let opened)? = try event(db, at: Position(rawValue: 1))?.event() else {
            throw JournalError.broken("its first event does not name it")
        }
        return Checkpoint.origin(journal: opened.journal)
    }
}
