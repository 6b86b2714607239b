import ContactSync
import GRDB
import Journal

/// Notices to admins: what was raised, what became of it, and whom it has reached.
enum NoticesTable {
    static let version = 2
    static let schema = """
        CREATE TABLE notices (
            number INTEGER PRIMARY KEY, data TEXT NOT NULL, raised_at INTEGER NOT NULL, sync INTEGER,
            cleared_at INTEGER, ending TEXT
        ) STRICT;
        CREATE INDEX notices_open ON notices (number) WHERE ending IS NULL;
        CREATE TABLE notice_deliveries (
            notice INTEGER NOT NULL, part TEXT NOT NULL, target TEXT NOT NULL, state TEXT NOT NULL,
            attempts INTEGER NOT NULL, first_at INTEGER NOT NULL, at INTEGER NOT NULL, reason TEXT,
            PRIMARY KEY (notice, part, target)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE notice_addresses (number INTEGER PRIMARY KEY, email TEXT NOT NULL) STRICT;
        CREATE TABLE notice_settings (key TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT;
        """

    static func apply(_ event: Event, _ record: RecordedEvent, _ db: Database) throws {
        switch event {
        case .noticeRaised(let raised):
            try db.execute(
                sql: "INSERT INTO notices (number, data, raised_at, sync) VALUES (?, ?, ?, ?)",
                arguments: [raised.notice, try Coded.text(raised), record.recordedAt, record.sync])
        case .noticeCleared(let cleared):
            try db.execute(
                sql: "UPDATE notices SET cleared_at = ?, ending = ? WHERE number = ?",
                arguments: [record.recordedAt, cleared.ending.rawValue, cleared.notice])
        case .noticeDelivered(let delivered):
            try note(delivered.notice, delivered.part, delivered.target, .delivered, nil, record, db)
        case .noticeUndelivered(let failed):
            let state = failed.isFinal ? NoticeDelivery.State.givenUp : .waiting
            try note(failed.notice, failed.part, failed.target, state, failed.reason, record, db)
        case .noticeRecipientsChanged(let changed):
            try set("recipients", changed.recipients.isNone ? nil : changed.recipients, db)
            let last = try max(Notices.lastAddress(db), changed.recipients.addresses.map(\.number).max() ?? 0)
            try set("lastAddress", last, db)
            for address in changed.recipients.addresses where !address.email.isEmpty {
                try db.execute(
                    sql: "INSERT OR REPLACE INTO notice_addresses VALUES (?, ?)",
                    arguments: [address.number, address.email])
            }
            try tryAgain("target <> 'webhook'", db)
        case .noticeWebhookChanged(let changed):
            try set("webhook", changed.webhook, db)
            try tryAgain("target = 'webhook'", db)
            if let url = changed.webhook?.url { try point(to: url, db) }
        case .mailServerChanged: try tryAgain("target <> 'webhook'", db)
        // Projector.apply lists which events come here.
        default: break
        }
    }

    private static func note(
        _ notice: Int64, _ part: NoticePart, _ target: String, _ state: NoticeDelivery.State, _ reason: String?,
        _ record: RecordedEvent, _ db: Database
    ) throws {
        let at = record.recordedAt
        try db.execute(
            sql: """
                INSERT INTO notice_deliveries VALUES (?, ?, ?, ?, 1, ?, ?, ?)
                ON CONFLICT (notice, part, target) DO UPDATE SET
                    state = excluded.state, attempts = attempts + 1, at = excluded.at, reason = excluded.reason
                """, arguments: [notice, part.rawValue, target, state.rawValue, at, at, reason])
    }

    /// Forgets who got notices at addresses of former times.
    ///
    /// - Parameter emails: A query for them.
    static func forget(_ emails: String, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM notice_addresses WHERE lower(email) IN (SELECT lower(email) FROM (\(emails)))")
    }

    /// Another way may lead there: what was given up or waits begins anew.
    private static func tryAgain(_ targets: String, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM notice_deliveries WHERE state <> 'delivered' AND \(targets)")
    }

    /// Who listens at another address has had nothing so far: gets what stands, and no end of what did before.
    private static func point(to url: String, _ db: Database) throws {
        if try Notices.lastURL(db) == url { return }
        try db.execute(sql: "DELETE FROM notice_deliveries WHERE target = 'webhook'")
        try set("lastURL", url, db)
    }

    private static func set(_ key: String, _ value: (some Encodable)?, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM notice_settings WHERE key = ?", arguments: [key])
        guard let value else { return }
        try db.execute(sql: "INSERT INTO notice_settings VALUES (?, ?)", arguments: [key, try Coded.text(value)])
    }
}
