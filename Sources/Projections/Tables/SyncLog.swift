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

    static let version = 1
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
                    startedPosition: record.position.rawValue, totals: SyncTotals(), tenants: started.tenants), db)
        case .syncCompleted(let end): try finish(.completed, end.totals, nil, record, db)
        case .syncFailed(let end): try finish(.failed, end.totals, end.reason, record, db)
        case .syncInterrupted(let end): try finish(.interrupted, end.totals, "interrupted", record, db)
        default: break
        }
    }

    private static func finish(
        _ status: Status, _ totals: SyncTotals, _ reason: String?, _ record: RecordedEvent, _ db: Database
    ) throws {
        guard var log = try fetch(db) else { return }
        log.status = status
        log.totals = totals
        log.reason = reason
        log.completedAt = record.recordedAt
        try store(log, db)
    }

    private static func store(_ log: SyncLog, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM sync_log")
        try db.execute(sql: "INSERT INTO sync_log VALUES (?)", arguments: [try Coded.text(log)])
    }
}
