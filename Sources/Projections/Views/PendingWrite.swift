package import ContactSync
package import GRDB
package import Journal

/// A write without an outcome.
package struct PendingWrite: Sendable {
    package let user: UsersTable.Row
    package let position: Position
    package let write: ContactWriteRequested
    /// What was asked for is not known any more.
    package let isErased: Bool

    /// Those of users behind a row, in the order of rows.
    package static func fetch(
        _ projector: Projector, journal: Database, after user: Int64 = 0, limit: Int = .max
    ) throws -> [PendingWrite] {
        let rows = try Row.fetchAll(
            projector.db, sql: "SELECT user, position FROM writes WHERE user > ? ORDER BY user LIMIT ?",
            arguments: [user, limit])
        return try rows.compactMap { row in
            let position = Position(rawValue: row[1])
            guard let user = try projector.users.row(id: row[0]),
                let event = try JournalReader.event(journal, at: position),
                case .contactWriteRequested(let write)? = try event.event()
            else { return nil }
            return PendingWrite(user: user, position: position, write: write, isErased: event.isErased)
        }
    }
}
