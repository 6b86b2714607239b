import ContactSync
import GRDB
import Journal
import Projections

/// What the home directory tells: it survives restarts, and counts what commands beside the service did as well. Costs the
/// same at any number of users: only kept sums are read.
struct HomeMetrics {
    let home: String
    /// Milliseconds since 1970.
    let now: Int64

    func write(to exposition: inout Exposition) {
        let position = try? Glance.journal(home: home)
        // Asked before and behind: a sync that begins or ends meanwhile is not one that was killed.
        let wasSyncing = isSyncing
        let facts = try? Glance.projections(home: home) { db, _ in
            try HomeFacts(db, isSyncing: { wasSyncing || isSyncing })
        }
        exposition.add(
            "foxtrail_readable", .gauge,
            "Whether a file of the home could be read: what it tells is missing here else.",
            [
                Exposition.Sample(position == nil ? 0 : 1, (name: "file", value: "journal")),
                Exposition.Sample(facts == nil ? 0 : 1, (name: "file", value: "projections")),
            ])
        writeSizes(position, to: &exposition)
        guard let facts else { return }
        SyncMetrics(log: facts.log, totals: facts.totals, since: facts.since, now: now).write(to: &exposition)
        TenantMetrics(tenants: facts.tenants, now: now).write(to: &exposition)
        let notices = facts.notices
        exposition.add(
            "foxtrail_notices_open", .gauge, "Troubles that administrators are told of and that are not over.",
            Double(notices.open))
        exposition.add(
            "foxtrail_notice_messages", .gauge, "Messages about troubles that did not get through, yet or for good.",
            [
                Exposition.Sample(Double(notices.waiting), (name: "state", value: "waiting")),
                Exposition.Sample(Double(notices.givenUp), (name: "state", value: "givenUp")),
            ])
    }

    private var isSyncing: Bool { FileLock.isHeld(path: FileLock.syncs(home: home)) }

    private func writeSizes(_ position: Position?, to exposition: inout Exposition) {
        if let position {
            exposition.add("foxtrail_journal_events", .gauge, "Events in the journal.", Double(position.rawValue))
        }
        let sizes = Glance.sizes(home: home)
        exposition.add(
            "foxtrail_file_size_bytes", .gauge, "Size of a file of the home, with its log.",
            [
                Exposition.Sample(Double(sizes.journal), (name: "file", value: "journal")),
                Exposition.Sample(Double(sizes.projections), (name: "file", value: "projections")),
            ])
        if let free = FreeSpace(at: home)?.bytes {
            exposition.add("foxtrail_disk_free_bytes", .gauge, "What is free where the home lies.", Double(free))
        }
    }
}

/// All that is read of the projections, in one transaction.
private struct HomeFacts {
    let log: SyncLog?
    let totals: [SyncTotal]
    let since: Int64?
    let tenants: [TenantMetrics.Standing]
    let notices: (open: Int, waiting: Int, givenUp: Int)

    init(_ db: Database, isSyncing: () -> Bool) throws {
        log = try SyncLog.fetch(db).map { log in
            var log = log
            // Killed, which the next sync will record.
            if log.status == .running, !isSyncing() { log.status = .interrupted }
            return log
        }
        totals = try SyncTotal.all(db)
        since = try ScheduleFacts.fetch(db).syncedSince
        notices = try Notices.counts(db)
        tenants = try Installation.tenants(db).map { tenant in
            let counts = try Tally.standing(db, of: tenant.id)
            return TenantMetrics.Standing(tenant: tenant, synced: counts.synced, failing: counts.failed)
        }
    }
}
