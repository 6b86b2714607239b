package import ContactSync
package import GRDB

/// What all syncs of one beginning and one end have come to.
package struct SyncTotal: Equatable, Sendable {
    package let trigger: Trigger
    package let status: SyncLog.Status
    package let syncs: Int
    /// Records, each counted once in each sync.
    package let new, existing, failed: Int
    /// How long they took altogether; nothing is known of interrupted ones.
    package let milliseconds: Int64
    /// When the last of them ended, in milliseconds since 1970, and how many milliseconds it took.
    package let lastEnded, lastLasted: Int64

    package static func all(_ db: Database) throws -> [SyncTotal] {
        try Row.fetchAll(db, sql: "SELECT * FROM sync_totals ORDER BY started_by, status").compactMap { row in
            guard let trigger = Trigger(rawValue: row["started_by"]),
                let status = SyncLog.Status(rawValue: row["status"])
            else { return nil }
            return SyncTotal(
                trigger: trigger, status: status, syncs: row["syncs"], new: row["new"], existing: row["existing"],
                failed: row["failed"], milliseconds: row["milliseconds"], lastEnded: row["last_ended"],
                lastLasted: row["last_lasted"])
        }
    }
}
