package import ContactSync
import GRDB
import Journal

/// What a rehearsal decided about one user.
package struct RehearsedDecision: Sendable {
    package let user: UsersTable.Row
    /// How the user's record stood before this decision.
    package let before: UsersTable.Outcome
    /// It had failed because the help desk refused it.
    package let wasRefused: Bool
    /// The contact's address behind the decision, or the one that a failed record would have had.
    package let email: String
    package let decision: RecordDecision
}

/// The decisions of a rehearsal, in a table beside its projections: a first sync makes one for every user.
enum DecisionsTable {
    static let schema = """
        CREATE TABLE decisions (
            number INTEGER PRIMARY KEY, user INTEGER NOT NULL, before INTEGER NOT NULL, refused INTEGER NOT NULL, email TEXT NOT NULL,
            type TEXT NOT NULL, data TEXT NOT NULL
        ) STRICT;
        """

    /// Called before the event is applied.
    static func add(_ event: Event, _ decision: RecordDecision, of user: UsersTable.Row, _ projector: Projector) throws
    {
        let insert = try projector.db.cachedStatement(
            sql: "INSERT INTO decisions (user, before, refused, email, type, data) VALUES (?, ?, ?, ?, ?, ?)")
        try insert.execute(arguments: [
            user.id, user.outcome.rawValue, try isRefused(user), try email(decision, user, projector),
            event.type.rawValue,
            String(decoding: try event.data(), as: UTF8.self),
        ])
    }

    static func each(_ db: Database, _ body: (RehearsedDecision) throws -> Void) throws {
        let users = try Projector(db).users
        let rows = try Row.fetchCursor(
            db, sql: "SELECT user, before, refused, email, type, data FROM decisions ORDER BY user, number")
        while let row = try rows.next() {
            guard let user = try users.row(id: row[0]), let type = EventType(rawValue: row[4]),
                let decision = RecordDecision(try Event(type, data: Array((row[5] as String).utf8)))
            else { continue }
            try body(
                RehearsedDecision(
                    user: user, before: UsersTable.Outcome(rawValue: row[1]) ?? .undecided, wasRefused: row[2],
                    email: row[3], decision: decision))
        }
    }

    private static func isRefused(_ user: UsersTable.Row) throws -> Bool {
        guard user.outcome == .failed, let failure = user.failure else { return false }
        return try ContactFailed(event: JSONValue(parsing: failure)).isRefused
    }

    private static func email(_ decision: RecordDecision, _ user: UsersTable.Row, _ projector: Projector) throws
        -> String
    {
        if let email = decision.email { return email }
        return try (decision.contact ?? user.contact).flatMap { try projector.contacts.row($0)?.contact.email } ?? ""
    }
}
