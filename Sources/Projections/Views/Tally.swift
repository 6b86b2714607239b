package import ContactSync
package import GRDB
import Journal

/// The counts that the log shows.
package enum Tally {
    /// What a sync has come to. Of a tenant that it has not read to the end, only the users that it has touched count as
    /// what they are; the others were not reached, and count as failed.
    package static func totals(_ db: Database, _ log: SyncLog) throws -> SyncTotals {
        let tenants = try Installation.tenants(db)
        return try log.tenants.reduce(into: SyncTotals()) { totals, id in
            let isRead = tenants.first { $0.id == id }?.readIn == log.sync
            let (synced, failed, new) = try isRead ? kept(db, id) : counted(db, id, log)
            totals.new += new
            totals.existing += synced - new
            totals.failed += failed
        }
    }

    private typealias Counts = (synced: Int, failed: Int, new: Int)

    private static func kept(_ db: Database, _ tenant: TenantID) throws -> Counts {
        let sql = "SELECT synced, failed, new FROM tally WHERE tenant = ?"
        guard let row = try Row.fetchOne(db, sql: sql, arguments: [tenant.rawValue]) else { return (0, 0, 0) }
        return (row[0], row[1], row[2])
    }

    private static func counted(_ db: Database, _ tenant: TenantID, _ log: SyncLog) throws -> Counts {
        let sql = """
            SELECT count(*) FILTER (WHERE outcome = 1 AND last_event > :start),
                count(*) FILTER (WHERE outcome = 2 OR last_event <= :start),
                count(*) FILTER (WHERE outcome = 1 AND last_event > :start AND created_in = :sync)
            FROM users JOIN tenants ON tenants.number = users.tenant
            WHERE tenants.id = :tenant AND removed = 0 AND outcome > 0
            """
        let arguments: StatementArguments = ["start": log.startedPosition, "sync": log.sync, "tenant": tenant.rawValue]
        guard let row = try Row.fetchOne(db, sql: sql, arguments: arguments) else { return (0, 0, 0) }
        return (row[0], row[1], row[2])
    }
}
