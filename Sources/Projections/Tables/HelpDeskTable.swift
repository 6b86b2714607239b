import ContactSync
import GRDB
package import Journal

/// Where contacts live, and what has been asked there lately. A class: every copy of a projector sees one change.
package final class HelpDeskTable {
    static let version = 4
    static let schema = """
        CREATE TABLE help_desk (data TEXT NOT NULL) STRICT;
        CREATE TABLE help_desk_requests (at INTEGER NOT NULL, gets INTEGER NOT NULL, posts INTEGER NOT NULL) STRICT;
        CREATE TABLE writes (user INTEGER PRIMARY KEY, position INTEGER NOT NULL, claim TEXT, mails INTEGER NOT NULL) STRICT;
        CREATE TABLE made (desk TEXT NOT NULL, contact INTEGER NOT NULL, PRIMARY KEY (desk, contact)) STRICT, WITHOUT ROWID;
        CREATE INDEX writes_by_claim ON writes (claim COLLATE NOCASE) WHERE claim IS NOT NULL;
        """

    /// Looked up for each of a million users.
    package private(set) var isRemote: Bool
    /// The account's root; empty for the embedded help desk.
    private var url: String
    private let add, settle, claimed, position, made, isMade: RowStatement

    init(_ db: Database) throws {
        let desk = try HelpDeskState.fetch(db).desk
        (isRemote, url) = (desk.isRemote, desk.url ?? "")
        made = try RowStatement(db, "INSERT OR IGNORE INTO made VALUES (?, ?)")
        isMade = try RowStatement(db, "SELECT 1 FROM made WHERE desk = ? AND contact = ?")
        add = try RowStatement(db, "INSERT OR REPLACE INTO writes VALUES (?, ?, ?, ?)")
        settle = try RowStatement(db, "DELETE FROM writes WHERE user = ?")
        claimed = try RowStatement(
            db, "SELECT user FROM writes WHERE claim = ? COLLATE NOCASE AND claim IS NOT NULL AND user <> ?")
        position = try RowStatement(db, "SELECT position, mails FROM writes WHERE user = ?")
    }

    /// Another user for whom a contact with this address was asked for, of which nothing is known yet.
    package func claimant(of email: String, otherThan user: Int64) throws -> Int64? {
        guard isRemote else { return nil }
        claimed.bind(1, email)
        claimed.bind(2, user)
        defer { claimed.reset() }
        return try claimed.step() ? claimed.integer(0) : nil
    }

    /// Where the user's write stands that has no outcome yet, and whether a contact that it makes gets an e-mail.
    package func pendingWrite(of user: Int64) throws -> (position: Position, mails: Bool)? {
        guard isRemote else { return nil }
        position.bind(1, user)
        defer { position.reset() }
        return try position.step() ? (Position(rawValue: position.integer(0)), position.integer(1) != 0) : nil
    }

    func request(_ write: ContactWriteRequested, of user: Int64, mails: Bool, at record: RecordedEvent) throws {
        add.bind(1, user)
        add.bind(2, record.position.rawValue)
        add.bind(3, write.claim)
        add.bind(4, mails ? 1 : 0)
        try add.run()
    }

    /// A sync made the contact in the help desk elsewhere: it is known for that also when contacts have lived somewhere
    /// else in between.
    func made(_ contact: ContactID) throws {
        made.bind(1, url)
        made.bind(2, contact.rawValue)
        try made.run()
    }

    func isMade(_ contact: ContactID) throws -> Bool {
        isMade.bind(1, url)
        isMade.bind(2, contact.rawValue)
        defer { isMade.reset() }
        return try isMade.step()
    }

    func settle(_ user: Int64) throws {
        guard isRemote else { return }
        settle.bind(1, user)
        try settle.run()
    }

    func apply(_ event: Event, _ record: RecordedEvent, _ db: Database) throws {
        switch event {
        case .helpDeskChanged(let changed):
            var state = try HelpDeskState.fetch(db)
            if state.isElsewhere(than: changed.helpDesk) {
                let used = try Int64.fetchOne(db, sql: "SELECT max(id) FROM contacts") ?? 0
                let last = max(state.lastEmbedded ?? 0, state.desk.isRemote ? 0 : used)
                state = HelpDeskState()
                (state.lastEmbedded, state.movedAt) = (last, record.position.rawValue)
            }
            state.desk = changed.helpDesk
            (isRemote, url) = (changed.helpDesk.isRemote, changed.helpDesk.url ?? "")
            try state.store(db)
        case .contactsRead: try change(db) { $0.contactsReadAt = record.recordedAt }
        case .helpDeskThrottled(let throttled): try change(db) { $0.throttledUntil = throttled.until }
        case .requestsReserved(let reserved):
            try db.execute(
                sql: "DELETE FROM help_desk_requests WHERE at <= ?",
                arguments: [record.recordedAt - 2 * RecentRequests.span])
            try db.execute(
                sql: "INSERT INTO help_desk_requests VALUES (?, ?, ?)",
                arguments: [record.recordedAt, reserved.gets, reserved.posts])
        default: break
        }
    }

    private func change(_ db: Database, _ body: (inout HelpDeskState) -> Void) throws {
        var state = try HelpDeskState.fetch(db)
        body(&state)
        try state.store(db)
    }
}
