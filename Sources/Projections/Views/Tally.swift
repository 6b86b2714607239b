package import ContactSync
package import GRDB
import Journal

/// The counts that the log shows.
package enum Tally {
    /// What a sync has come to. Of a tenant that it has not read to the end, only the users that it has touched count as
    /// what they are; the others were not reached, and count as failed. So do those of whom a help desk elsewhere is yet
    /// to be told, where `hasUnreached` says that there may be any, and those whom a guard holds.
    package static func totals(_ db: Database, _ log: SyncLog, hasUnreached: Bool? = nil) throws -> SyncTotals {
        let tenants = try Installation.tenants(db)
        let hasUnreached = hasUnreached ?? log.mayHaveUnreached
        return try log.tenants.reduce(into: SyncTotals()) { totals, id in
            guard let tenant = tenants.first(where: { $0.id == id }) else { return }
            let release = tenant.release(in: log.sync)
            let isRead = tenant.readIn == log.sync || release != nil
            var counts = try isRead ? kept(db, id) : counted(db, id, log)
            let isHeld = !hasUnreached && tenant.isHeld(in: log)
            if hasUnreached || isHeld {
                let due = try unreached(db, id, log, touchedOnly: !isRead, except: release?.users ?? [])
                counts = counts.without(due)
                if isHeld, due.all > 0 { totals.held = (totals.held ?? 0) + due.all }
            }
            totals.new += counts.new
            totals.existing += counts.synced - counts.new
            totals.failed += counts.failed
        }
    }

    /// How the records of a tenant's users stand now: kept, so that nothing is counted.
    package static func standing(_ db: Database, of tenant: TenantID) throws -> (synced: Int, failed: Int) {
        let counts = try kept(db, tenant)
        return (counts.synced, counts.failed)
    }

    private struct Counts {
        var synced = 0
        var failed = 0
        var new = 0
        var undecided = 0
        /// With those who have failed anyway.
        var all = 0

        /// These are not what they seem: whoever is among them was not reached.
        func without(_ unreached: Counts) -> Counts {
            Counts(
                synced: synced - unreached.synced, failed: failed + unreached.synced + unreached.undecided,
                new: new - unreached.new)
        }
    }

    private static func kept(_ db: Database, _ tenant: TenantID) throws -> Counts {
        let sql = "SELECT synced, failed, new FROM tally WHERE tenant = ?"
        guard let row = try Row.fetchOne(db, sql: sql, arguments: [tenant.rawValue]) else { return Counts() }
        return Counts(synced: row[0], failed: row[1], new: row[2])
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
        guard let row = try Row.fetchOne(db, sql: sql, arguments: arguments) else { return Counts() }
        return Counts(synced: row[0], failed: row[1], new: row[2])
    }

    private static func unreached(
        _ db: Database, _ tenant: TenantID, _ log: SyncLog, touchedOnly: Bool, except released: [String]
    ) throws -> Counts {
        // Whom a read that broke off did not touch counts as failed already.
        let sql = """
            SELECT count(*) FILTER (WHERE outcome = 1 AND last_event > :start),
                count(*) FILTER (WHERE outcome = 1 AND last_event > :start AND created_in = :sync),
                count(*) FILTER (WHERE outcome = 0), count(*)
            FROM users JOIN tenants ON tenants.number = users.tenant
            WHERE due = 1 AND removed = 0 AND tenants.id = :tenant
                AND object_id NOT IN (SELECT value FROM json_each(:released))
            """
        let arguments: StatementArguments = [
            "start": touchedOnly ? log.startedPosition : 0, "sync": log.sync, "tenant": tenant.rawValue,
            "released": try Coded.text(released),
        ]
        guard let row = try Row.fetchOne(db, sql: sql, arguments: arguments) else { return Counts() }
        return Counts(synced: row[0], new: row[1], undecided: row[2], all: row[3])
    }
}
