import ContactSync
package import GRDB
import Journal

/// One row of the latest sync's report.
package struct ReportRow: Equatable, Sendable {
    package let email: String
    package let isNew: Bool
    package let isSynced: Bool
    /// Why the record failed; a synced record names the users that wanted its contact's address.
    package let result: String
    package let objectID: String

    package var cells: [String] {
        [email, isNew ? "New" : "Existing", isSynced ? "Success" : "Failed", result]
    }
}

package enum Report {
    /// The product's columns.
    package static let header = ["Email", "Type", "Sync Status", "Result"]

    /// Every user of the tenants of the latest sync, in the order in which they were first fetched.
    ///
    /// - Parameters:
    ///   - log: How the sync is to be seen, where the caller knows better that it was killed.
    ///   - journal: Where the e-mails of users stand of whom the help desk was not told; without it their rows name ids.
    package static func each(
        _ db: Database, log: SyncLog? = nil, journal: Database? = nil, _ body: (ReportRow) throws -> Void
    ) throws {
        guard let log = try log ?? SyncLog.fetch(db) else { return }
        let unread = try Unread(db, log)
        let wanted = try WantedEmails(db, journal)
        let rivals = try Rivals(db)
        let rows = try RowStatement(
            db,
            """
            SELECT users.id, users.outcome, users.created_in, users.failure, contacts.email, users.tenant,
                users.last_event, users.object_id, users.due, users.base, users.object
            FROM users LEFT JOIN contacts ON contacts.id = users.contact
            WHERE users.removed = 0 AND users.tenant IN (\(unread.tenants))
                AND (users.outcome > 0 OR (users.due = 1 AND users.tenant IN (\(unread.withDue))))
            ORDER BY users.id
            """)
        defer { rows.reset() }
        while try rows.step() {
            let isDue = rows.integer(8) != 0
            if let reason = unread.reason(tenant: rows.integer(5), lastEvent: rows.integer(6), isDue: isDue) {
                let known = try email(rows)
                let email = try known.isEmpty ? wanted.email(rows) : known
                let who = email.isEmpty ? "User \(rows.text(7)); " : ""
                try body(
                    ReportRow(
                        email: email, isNew: rows.isNull(4), isSynced: false, result: who + reason,
                        objectID: rows.text(7)))
            } else {
                try body(row(rows, log, try rivals.notes(of: rows.integer(0))))
            }
        }
    }

    private static func row(_ row: RowStatement, _ log: SyncLog, _ notes: [String]) throws -> ReportRow {
        guard let failure = try failure(row) else {
            return ReportRow(
                email: row.text(4), isNew: row.optionalInteger(2) == log.sync, isSynced: true,
                result: notes.joined(separator: "; "), objectID: row.text(7))
        }
        // Without an address nothing else would tell whose row it is.
        let who = failure.email.isEmpty ? ["User \(row.text(7))"] : []
        return ReportRow(
            email: try email(row), isNew: failure.contact == nil, isSynced: false,
            result: (who + failure.reasons.map(\.text) + notes).joined(separator: "; "), objectID: row.text(7))
    }

    private static func failure(_ row: RowStatement) throws -> ContactFailed? {
        guard row.integer(1) == UsersTable.Outcome.failed.rawValue else { return nil }
        return try ContactFailed(event: JSONValue(parsing: row.bytes(3)))
    }

    private static func email(_ row: RowStatement) throws -> String {
        let wanted = try failure(row)?.email ?? ""
        return wanted.isEmpty ? row.text(4) : wanted
    }
}

/// The addresses of users who have no contact yet and have not failed.
private struct WantedEmails {
    private let paths: [Int64: PropertyPath]
    private let journal: Database?

    init(_ db: Database, _ journal: Database?) throws {
        self.journal = journal
        let numbers = try TenantNumbers(db)
        paths = try Installation.tenants(db).reduce(into: [:]) { paths, tenant in
            if let number = try numbers.number(of: tenant.id) { paths[number] = tenant.settings.mapping.email }
        }
    }

    func email(_ row: RowStatement) throws -> String {
        guard let journal, let path = paths[row.integer(5)],
            let bytes = try row.optionalBytes(10) ?? JournalReader.data(journal, at: Position(rawValue: row.integer(9)))
        else { return "" }
        return path.value(in: try UserObject(bytes)).shown
    }
}

/// The tenants that the latest sync has not read to the end: who was not touched before that was not synced.
private struct Unread {
    /// The numbers of all tenants of the sync, for SQL.
    let tenants: String
    private let start: Int64
    private var reasons: [Int64: String] = [:]
    /// Those of them whose users that are due count, for SQL.
    let withDue: String
    /// Why the help desk was not told of everybody; nil where it was.
    private let unreached: String?
    /// Why those who are due are held, by the tenant's number.
    private var holds: [Int64: String] = [:]

    init(_ db: Database, _ log: SyncLog) throws {
        let numbers = try TenantNumbers(db)
        let all = try Installation.tenants(db).filter { log.tenants.contains($0.id) }
        tenants = try all.compactMap { try numbers.number(of: $0.id).map(String.init) }.joined(separator: ", ")
        start = log.startedPosition
        unreached = log.mayHaveUnreached ? Unread.reason(log) : nil
        for tenant in all {
            guard let number = try numbers.number(of: tenant.id) else { continue }
            if tenant.readIn != log.sync, tenant.release(in: log.sync) == nil {
                reasons[number] = Unread.reason(tenant, log)
            }
            if let hold = tenant.hold, tenant.isHeld(in: log) {
                holds[number] = "Not synced: held by the guard: \(hold.held.extent): \(hold.held.cause)"
            }
        }
        withDue = unreached == nil ? holds.keys.sorted().map { String($0) }.joined(separator: ", ") : tenants
    }

    func reason(tenant: Int64, lastEvent: Int64, isDue: Bool) -> String? {
        if isDue, let reason = unreached ?? holds[tenant] { return reason }
        return lastEvent > start ? nil : reasons[tenant]
    }

    private static func reason(_ log: SyncLog) -> String {
        if let trouble = log.helpDesk, trouble.isUnplanned == true { return "Not synced: \(trouble.reason)" }
        if let trouble = log.helpDesk { return "Not synced: the help desk could not be reached: \(trouble.reason)" }
        return log.status == .running ? "Not synced yet: the sync is running" : "Not synced: the sync was interrupted"
    }

    private static func reason(_ tenant: Tenant, _ log: SyncLog) -> String {
        tenant.failedIn == log.sync ? "Not synced: the tenant could not be read: \(tenant.failure ?? "")" : reason(log)
    }
}

/// Who else wanted a user's address: the other row of each collision.
private struct Rivals {
    private let rivals: RowStatement
    private let isEmpty: Bool

    init(_ db: Database) throws {
        rivals = try RowStatement(
            db,
            """
            SELECT users.object_id, tenants.id FROM users JOIN tenants ON tenants.number = users.tenant
            WHERE rival = ? AND removed = 0 AND outcome = 2 ORDER BY users.id
            """)
        isEmpty = try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM users WHERE rival IS NOT NULL)") ?? false
    }

    func notes(of user: Int64) throws -> [String] {
        if isEmpty { return [] }
        rivals.bind(1, user)
        defer { rivals.reset() }
        var notes: [String] = []
        while try rivals.step() {
            notes.append(
                "Same email as another user: \(rivals.text(0)) of tenant \(rivals.text(1)) comes after this one")
        }
        return notes
    }
}
