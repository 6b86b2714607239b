package import ContactSync
package import GRDB

/// A notice as it stands.
package struct NoticeRow: Sendable {
    package let raised: NoticeRaised
    /// Milliseconds since 1970, as all times here.
    package let raisedAt: Int64
    /// The sync behind which it was raised; nil where none was run.
    package let sync: Int64?
    package let clearedAt: Int64?
    package let ending: NoticeCleared.Ending?
    /// All whose place it took: that of the one before it, and those before that one. The newest first.
    package let replaces: [Int64]
    package var number: Int64 { raised.notice }
}

/// What has become of one message to one target.
package struct NoticeDelivery: Sendable {
    package enum State: String, Sendable {
        case delivered
        /// It did not get through, and is tried again.
        case waiting
        case givenUp
    }
    package let notice: Int64
    package let part: NoticePart
    package let target: NoticeTarget
    package let state: State
    package let attempts: Int
    package let firstAt: Int64
    package let at: Int64
    package let reason: String?
}

package enum Notices {
    package static func recipients(_ db: Database) throws -> NoticeRecipients {
        let recipients: NoticeRecipients = try setting("recipients", db) ?? .none
        // In a past state somebody may be named who was erased since.
        return NoticeRecipients(admins: recipients.admins, addresses: recipients.addresses.filter { !$0.email.isEmpty })
    }

    package static func webhook(_ db: Database) throws -> NoticeWebhook? { try setting("webhook", db) }

    /// Where notices were posted last; also where they are posted nowhere now.
    static func lastURL(_ db: Database) throws -> String? { try setting("lastURL", db) }

    /// The highest number that an address ever had.
    package static func lastAddress(_ db: Database) throws -> Int64 { try setting("lastAddress", db) ?? 0 }

    /// Everybody who is to get notices now.
    package static func targets(_ db: Database) throws -> [NoticeTarget] {
        let recipients = try recipients(db)
        let admins = recipients.admins ? try Installation.agents(db).filter(\.role.managesApps) : []
        // Whoever is named twice gets one.
        let extra = recipients.addresses.filter { address in
            !admins.contains { EmailAddress.areSame($0.email, address.email) }
        }
        return admins.map { .agent($0.number) } + extra.map { .address($0.number) }
            + (try webhook(db) == nil ? [] : [.webhook])
    }

    /// The address behind a target; nil for the webhook, and for who is gone.
    package static func email(of target: NoticeTarget, _ db: Database) throws -> String? {
        switch target {
        case .agent(let number): try Installation.agents(db).first { $0.number == number }?.email
        case .address(let number): try recipients(db).addresses.first { $0.number == number }?.email
        case .webhook: nil
        }
    }

    package static func last(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT coalesce(max(number), 0) FROM notices") ?? 0
    }

    package static func open(_ db: Database) throws -> [NoticeRow] {
        try fetch(db, "WHERE ending IS NULL ORDER BY number")
    }

    /// The newest first: those that are open, and what was cleared since a time.
    package static func recent(_ db: Database, since time: Int64) throws -> [NoticeRow] {
        try fetch(db, "WHERE ending IS NULL OR cleared_at >= ? ORDER BY number DESC", [time])
    }

    /// How many are open, how many messages are to be sent, and how many of what stands were given up.
    package static func counts(_ db: Database, at now: Int64) throws -> (open: Int, waiting: Int, givenUp: Int) {
        let (open, targets) = (try open(db), try targets(db))
        let givenUp = try open.flatMap { try deliveries(of: $0.number, db) }
            .count { $0.state == .givenUp && targets.contains($0.target) }
        return (open.count, try due(db, at: now).count, givenUp)
    }

    package static func deliveries(of notice: Int64, _ db: Database) throws -> [NoticeDelivery] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM notice_deliveries WHERE notice = ? ORDER BY part, target", arguments: [notice]
        ).compactMap(delivery)
    }

    private static func delivery(_ row: Row) -> NoticeDelivery? {
        guard let part = NoticePart(rawValue: row[1]), let target = NoticeTarget(row[2]),
            let state = NoticeDelivery.State(rawValue: row[3])
        else { return nil }
        return NoticeDelivery(
            notice: row[0], part: part, target: target, state: state, attempts: row[4], firstAt: row[5], at: row[6],
            reason: row[7])
    }

    private static func fetch(
        _ db: Database, _ condition: String, _ arguments: StatementArguments = []
    ) throws -> [NoticeRow] {
        let sql = "SELECT data, raised_at, sync, cleared_at, ending FROM notices \(condition)"
        return try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
            let raised: NoticeRaised = try Coded.value(row[0])
            return NoticeRow(
                raised: raised, raisedAt: row[1], sync: row[2], clearedAt: row[3],
                ending: (row[4] as String?).flatMap(NoticeCleared.Ending.init(rawValue:)),
                replaces: raised.replaces == nil
                    ? [] : try Int64.fetchAll(db, sql: replaced, arguments: ["notice": raised.notice]))
        }
    }

    private static let replaced = """
        WITH RECURSIVE chain (number) AS (
            VALUES (:notice)
            UNION SELECT value FROM chain JOIN notices USING (number), json_each(notices.data, '$.replaces')
        ) SELECT number FROM chain WHERE number <> :notice ORDER BY number DESC
        """

    private static func setting<Value: Decodable>(_ key: String, _ db: Database) throws -> Value? {
        try String.fetchOne(db, sql: "SELECT data FROM notice_settings WHERE key = ?", arguments: [key])
            .map { try Coded.value($0) }
    }
}
