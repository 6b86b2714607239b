import ContactSync
import GRDB
import Journal

/// Account e-mails, one for each user at most: those that are due, and what became of the others.
package final class MailsTable {
    static let version = 1
    static let schema = """
        CREATE TABLE mails (
            user INTEGER PRIMARY KEY, state TEXT NOT NULL, email TEXT, at INTEGER NOT NULL, sync INTEGER,
            code INTEGER, reason TEXT
        ) STRICT;
        CREATE INDEX mails_open ON mails (user) WHERE state IN ('due', 'requested', 'temporary');
        CREATE TABLE mail_settings (key TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT;
        """

    /// The tenants whose new contacts get one in the sync that runs: as it was set when the sync began.
    private var mailing: Set<TenantID>
    private let add, request, end: RowStatement

    init(_ db: Database) throws {
        mailing = Set(try SyncLog.fetch(db)?.mailing ?? [])
        add = try RowStatement(db, "INSERT OR IGNORE INTO mails (user, state, at, sync) VALUES (?, 'due', ?, ?)")
        request = try RowStatement(
            db, "UPDATE mails SET state = 'requested', email = ?, at = ?, sync = ? WHERE user = ?")
        end = try RowStatement(db, "UPDATE mails SET state = ?, at = ?, code = ?, reason = ? WHERE user = ?")
    }

    func beginSync(_ mailing: [TenantID]) { self.mailing = Set(mailing) }

    func isMailing(_ tenant: TenantID) -> Bool { mailing.contains(tenant) }

    /// A user's contact was made: the e-mail is due where they are sent and the user never had one.
    ///
    /// - Parameter wasDue: They were sent when the contact was asked for, perhaps in an earlier sync.
    func created(_ user: UsersTable.Row, wasDue: Bool, at record: RecordedEvent) throws {
        guard wasDue || mailing.contains(user.tenant) else { return }
        add.bind(1, user.id)
        add.bind(2, record.recordedAt)
        add.bind(3, record.sync)
        try add.run()
    }

    func apply(_ event: Event, _ record: RecordedEvent, of user: UsersTable.Row) throws {
        switch event {
        case .accountEmailRequested(let requested):
            request.bind(1, requested.to)
            request.bind(2, record.recordedAt)
            request.bind(3, record.sync)
            request.bind(4, user.id)
            try request.run()
        case .accountEmailSent: try end(user, .sent, record)
        case .accountEmailFailed(let failed):
            let state: AccountMail.State =
                switch failed.kind {
                case .temporary: .temporary
                case .permanent: .permanent
                case .unknown: .unknown
                }
            try end(user, state, record, failed)
        default: break
        }
    }

    private func end(
        _ user: UsersTable.Row, _ state: AccountMail.State, _ record: RecordedEvent, _ failed: AccountEmailFailed? = nil
    ) throws {
        end.bind(1, state.rawValue)
        end.bind(2, record.recordedAt)
        end.bind(3, failed?.code.map(Int64.init))
        end.bind(4, failed?.reason)
        end.bind(5, user.id)
        try end.run()
    }

    static func apply(settings event: Event, _ db: Database) throws {
        switch event {
        case .mailServerChanged(let changed): try set("server", changed.server, db)
        case .mailTemplateChanged(let changed): try set("template", changed.template, db)
        default: break
        }
    }

    private static func set(_ key: String, _ value: (some Encodable)?, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM mail_settings WHERE key = ?", arguments: [key])
        guard let value else { return }
        try db.execute(sql: "INSERT INTO mail_settings VALUES (?, ?)", arguments: [key, try Coded.text(value)])
    }
}
