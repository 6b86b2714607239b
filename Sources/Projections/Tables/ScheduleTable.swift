import ContactSync
import GRDB
import Journal

/// What the schedule is computed from: the account's time zones, the last scheduled sync, and since when there is what to sync.
struct ScheduleTable {
    static let version = 2
    static let schema = """
        CREATE TABLE zones (position INTEGER PRIMARY KEY, recorded_at INTEGER NOT NULL, zone TEXT NOT NULL) STRICT;
        CREATE TABLE scheduled_sync (sync INTEGER PRIMARY KEY, began_at INTEGER NOT NULL, end TEXT) STRICT;
        CREATE TABLE synced_since (
            tenant TEXT PRIMARY KEY, since INTEGER NOT NULL, stopped INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;
        """

    static func apply(_ event: Event, _ record: RecordedEvent, _ db: Database) throws {
        switch event {
        case .accountOpened(let opened): try note(opened.account.timeZone, record, db)
        case .accountChanged(let changed): try note(changed.account.timeZone, record, db)
        case .syncStarted(let started) where started.trigger == .schedule:
            try db.execute(sql: "DELETE FROM scheduled_sync")
            try db.execute(
                sql: "INSERT INTO scheduled_sync (sync, began_at) VALUES (?, ?)",
                arguments: [record.sync ?? 0, record.recordedAt])
        case .syncCompleted, .syncFailed: try end(.came, record, db)
        case .syncInterrupted: try end(.interrupted, record, db)
        case .contactSyncEnabled(let tenant):
            try db.execute(
                sql: """
                    INSERT INTO synced_since (tenant, since) VALUES (?, ?)
                    ON CONFLICT (tenant) DO UPDATE SET since = excluded.since
                    """,
                arguments: [tenant.tenant.rawValue, record.recordedAt])
        case .contactSyncDisabled(let tenant), .tenantDeleted(let tenant):
            try db.execute(sql: "DELETE FROM synced_since WHERE tenant = ?", arguments: [tenant.tenant.rawValue])
        case .tenantDisabled(let tenant):
            try db.execute(
                sql: "UPDATE synced_since SET stopped = 1 WHERE tenant = ?", arguments: [tenant.tenant.rawValue])
        // What passed while a tenant was switched off was not missed.
        case .tenantEnabled(let tenant):
            try db.execute(
                sql: "UPDATE synced_since SET since = ?, stopped = 0 WHERE tenant = ?",
                arguments: [record.recordedAt, tenant.tenant.rawValue])
        // One whose secret is only renewed was never off.
        case .tenantReauthorized(let tenant):
            try db.execute(
                sql: "UPDATE synced_since SET since = ?, stopped = 0 WHERE tenant = ? AND stopped = 1",
                arguments: [record.recordedAt, tenant.tenant.rawValue])
        case .appInstalled:
            try db.execute(sql: "UPDATE synced_since SET since = ?", arguments: [record.recordedAt])
        default: break
        }
    }

    private static func note(_ zone: String, _ record: RecordedEvent, _ db: Database) throws {
        guard try String.fetchOne(db, sql: "SELECT zone FROM zones ORDER BY position DESC LIMIT 1") != zone else {
            return
        }
        try db.execute(
            sql: "INSERT INTO zones VALUES (?, ?, ?)", arguments: [record.position.rawValue, record.recordedAt, zone])
    }

    private static func end(_ end: ScheduledSync.End, _ record: RecordedEvent, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE scheduled_sync SET end = ? WHERE sync = ?", arguments: [end.rawValue, record.sync ?? 0])
    }
}
