package import ContactSync
package import GRDB

/// What is known of the help desk.
package struct HelpDeskState: Codable, Equatable, Sendable {
    package var desk = HelpDesk.embedded
    /// When all contacts were last read to the end, in milliseconds since 1970.
    package var contactsReadAt: Int64?
    /// It refuses requests until then, in milliseconds since 1970.
    package var throttledUntil: Int64?
    /// The highest number of a contact that ever was embedded: none is given twice.
    package var lastEmbedded: Int64?

    /// Where contacts came to live there: what is recorded of contacts before is of others. Nil where they always did.
    package var movedAt: Int64?

    package init() {}

    package static func fetch(_ db: Database) throws -> HelpDeskState {
        try String.fetchOne(db, sql: "SELECT data FROM help_desk").map { try Coded.value($0) } ?? HelpDeskState()
    }

    /// Whether the contacts of the one are none of the other.
    package func isElsewhere(than other: HelpDesk) -> Bool { desk.kind != other.kind || desk.url != other.url }

    func store(_ db: Database) throws {
        try db.execute(sql: "DELETE FROM help_desk")
        try db.execute(sql: "INSERT INTO help_desk VALUES (?)", arguments: [try Coded.text(self)])
    }
}

/// Requests that may have been sent at a time, in milliseconds since 1970.
package typealias RecentRequest = (at: Int64, gets: Int, posts: Int)

/// Requests that may have been sent to the help desk in the last minute.
package enum RecentRequests {
    /// The limits count by the minute (HappyFox, KB 1148); in milliseconds.
    package static let span: Int64 = 60_000

    package static func fetch(_ db: Database) throws -> [RecentRequest] {
        try Row.fetchAll(db, sql: "SELECT at, gets, posts FROM help_desk_requests ORDER BY at").map {
            (at: $0[0], gets: $0[1], posts: $0[2])
        }
    }
}
