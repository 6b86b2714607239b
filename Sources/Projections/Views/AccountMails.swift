package import ContactSync
package import GRDB
import Journal

/// An account e-mail as it stands.
package struct AccountMail: Sendable {
    package enum State: String, CaseIterable, Sendable {
        /// Not tried yet.
        case due
        /// Under way, or interrupted there: perhaps sent.
        case requested
        case sent
        /// Refused for now: the next sync tries again.
        case temporary
        case permanent
        /// Perhaps sent, and not sent again.
        case unknown
    }

    package let user: Int64
    package let key: UserKey
    package let contact: ContactID?
    package let state: State
    /// Where it went, or would go.
    package let email: String
    package let name: String
    /// Of the latest change of state, in milliseconds since 1970.
    package let at: Int64
    package let sync: Int64?
    package let code: Int?
    package let reason: String?
}

package enum AccountMails {
    package static func server(_ db: Database) throws -> MailServer? { try setting("server", db) }

    /// Nil where the usual texts are sent.
    package static func template(_ db: Database) throws -> MailTemplate? { try setting("template", db) }

    private static func setting<Value: Decodable>(_ key: String, _ db: Database) throws -> Value? {
        try String.fetchOne(db, sql: "SELECT data FROM mail_settings WHERE key = ?", arguments: [key])
            .map { try Coded.value($0) }
    }

    /// E-mails in some states, of users behind a row, in the order in which the users were first fetched.
    package static func fetch(
        _ db: Database, _ states: [AccountMail.State], after user: Int64 = 0, limit: Int = .max
    ) throws -> [AccountMail] {
        let list = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        let sql = """
            SELECT mails.user, tenants.id, users.object_id, users.contact, mails.state,
                coalesce(mails.email, contacts.email, ''), coalesce(contacts.name, ''), mails.at, mails.sync,
                mails.code, mails.reason
            FROM mails JOIN users ON users.id = mails.user JOIN tenants ON tenants.number = users.tenant
                LEFT JOIN contacts ON contacts.id = users.contact
            WHERE mails.state IN (\(list)) AND mails.user > ? ORDER BY mails.user LIMIT ?
            """
        return try Row.fetchAll(db, sql: sql, arguments: [user, limit]).map { row in
            AccountMail(
                user: row[0], key: UserKey(tenant: TenantID(rawValue: row[1]), objectID: row[2]),
                contact: (row[3] as Int64?).map(ContactID.init(rawValue:)),
                state: AccountMail.State(rawValue: row[4]) ?? .unknown, email: row[5], name: row[6], at: row[7],
                sync: row[8], code: row[9], reason: row[10])
        }
    }

    /// Nil for whom none was ever due.
    package static func mail(of user: Int64, _ db: Database) throws -> AccountMail? {
        try fetch(db, AccountMail.State.allCases, after: user - 1, limit: 1).first { $0.user == user }
    }

    /// The condition of the index of those that are not settled: a query has to say it letter by letter.
    private static let isOpen = "mails.state IN ('due', 'requested', 'temporary')"

    /// The users of some tenants whose e-mail is to be sent: first those that were not tried yet, in the order in which
    /// they were first fetched, and then those that were refused for now, the longest ago first. So none that is refused
    /// again and again stands in the way of others.
    package static func toSend(_ db: Database, of tenants: [TenantID]) throws -> [Int64] {
        let marks = tenants.map { _ in "?" }.joined(separator: ", ")
        let sql = """
            SELECT mails.user FROM mails JOIN users ON users.id = mails.user JOIN tenants ON tenants.number = users.tenant
            WHERE \(isOpen) AND mails.state <> 'requested' AND tenants.id IN (\(marks))
            ORDER BY mails.state = 'temporary', CASE mails.state WHEN 'temporary' THEN mails.at END, mails.user
            """
        return try Int64.fetchAll(db, sql: sql, arguments: StatementArguments(tenants.map(\.rawValue)))
    }

    /// The users whose e-mail was about to be sent when the process ended, or is being sent at this moment.
    package static func underWay(_ db: Database) throws -> [Int64] {
        try Int64.fetchAll(
            db, sql: "SELECT user FROM mails WHERE \(isOpen) AND mails.state = 'requested' ORDER BY user")
    }

    /// How many are in some states, and have been since `time` at the earliest.
    package static func count(_ db: Database, _ states: [AccountMail.State], since time: Int64 = 0) throws -> Int {
        let list = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try Int.fetchOne(
            db, sql: "SELECT count(*) FROM mails WHERE state IN (\(list)) AND at >= ?", arguments: [time]) ?? 0
    }
}
