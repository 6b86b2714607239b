package import ContactSync
package import GRDB
import Journal

/// The single latest sync: older ones are reached by replay only.
package struct SyncLog: Codable, Equatable, Sendable {
    package enum Status: String, Codable, Sendable {
        case running, completed, failed, interrupted
    }
    package var sync: Int64
    package var trigger: Trigger
    package var status: Status
    /// Milliseconds since 1970.
    package var startedAt: Int64
    package var startedPosition: Int64
    package var completedAt: Int64?
    package var totals: SyncTotals
    package var reason: String?
    package var tenants: [TenantID]
    /// Those of them whose new contacts get an account e-mail.
    package var mailing: [TenantID] = []
    /// What kept the sync from the help desk.
    package var helpDesk: HelpDeskTrouble?
    /// Nothing is decided before all tenants are read.
    package var isStaged = false

    /// Whether users may be left of whom the help desk has not been told.
    package var mayHaveUnreached: Bool { helpDesk != nil || status == .running || status == .interrupted }

    static let version = 3
    static let schema = "CREATE TABLE sync_log (data TEXT NOT NULL) STRICT;"

    package static func fetch(_ db: Database) throws -> SyncLog? {
        try String.fetchOne(db, sql: "SELECT data FROM sync_log").map { try Coded.value($0) }
    }

    static func apply(_ event: Event, _ record: RecordedEvent, _ db: Database) throws {
        switch event {
        case .syncStarted(let started):
            try store(
                SyncLog(
                    sync: record.sync ?? 0, trigger: started.trigger, status: .running, startedAt: record.recordedAt,
                    startedPosition: record.position.rawValue, totals: SyncTotals(), tenants: started.tenants,
                    mailing: try mailing(of: started, db), isStaged: started.staged == true), db)
        case .syncCompleted(let end): try finish(.completed, end.totals, nil, record, db)
        case .syncFailed(let end): try finish(.failed, end.totals, end.reason, record, db, end.helpDesk)
        case .syncInterrupted(let end): try finish(.interrupted, end.totals, "interrupted", record, db)
        default: break
        }
    }

    private static func mailing(of started: SyncStarted, _ db: Database) throws -> [TenantID] {
        try Installation.tenants(db).filter { $0.settings.accountEmail && started.tenants.contains($0.id) }.map(\.id)
    }

    private static func finish(
        _ status: Status, _ totals: SyncTotals, _ reason: String?, _ record: RecordedEvent, _ db: Database,
        _ helpDesk: HelpDeskTrouble? = nil
    ) throws {
        guard var log = try fetch(db) else { return }
        log.status = status
        log.totals = totals
        log.reason = reason
        log.helpDesk = helpDesk
        log.completedAt = record.recordedAt
        try store(log, db)
    }

    static func store(_ log: SyncLog, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM sync_log")
        try db.execute(sql: "INSERT INTO sync_log VALUES (?)", arguments: [try Coded.text(log)])
    }
}
