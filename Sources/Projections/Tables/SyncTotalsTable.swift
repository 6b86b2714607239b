import ContactSync
import GRDB
import Journal

/// All syncs that ever ended, by what began them and how they ended: counters that survive a restart, for whoever watches.
struct SyncTotalsTable {
    static let version = 1
    static let schema = """
        CREATE TABLE sync_totals (
            started_by TEXT NOT NULL, status TEXT NOT NULL, syncs INTEGER NOT NULL, new INTEGER NOT NULL,
            existing INTEGER NOT NULL, failed INTEGER NOT NULL, milliseconds INTEGER NOT NULL,
            last_ended INTEGER NOT NULL, last_lasted INTEGER NOT NULL, PRIMARY KEY (started_by, status)
        ) STRICT, WITHOUT ROWID;
        """

    /// Called when the log shows the sync's end.
    static func count(_ db: Database) throws {
        guard let log = try SyncLog.fetch(db), let end = log.completedAt else { return }
        // When a killed sync ended is known to nobody: that it was killed is recorded by the command that finds it.
        let lasted = log.status == .interrupted ? 0 : max(0, end - log.startedAt)
        let totals = log.totals
        try db.execute(
            sql: """
                INSERT INTO sync_totals VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
                    syncs = syncs + 1, new = new + excluded.new, existing = existing + excluded.existing,
                    failed = failed + excluded.failed, milliseconds = milliseconds + excluded.milliseconds,
                    last_ended = excluded.last_ended, last_lasted = excluded.last_lasted
                """,
            arguments: [
                log.trigger.rawValue, log.status.rawValue, totals.new, totals.existing, totals.failed, lasted, end,
                lasted,
            ])
    }
}
