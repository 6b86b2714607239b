import ContactSync
import GRDB

/// Whether the sync that runs decides only when all tenants are read. A class: every copy of a projector sees one change.
final class Staging {
    private(set) var isStaged: Bool

    init(_ db: Database) throws { isStaged = try SyncLog.fetch(db)?.isStaged == true }

    func begin(_ started: SyncStarted) { isStaged = started.staged == true }
}

extension Projector {
    /// Users are read first and decided when all tenants are: their contacts live elsewhere, or a guard may hold them.
    package var decidesLater: Bool { helpDesk.isRemote || staging.isStaged }

    /// A sync begins: where settings have changed since, everybody is due.
    func beginStaging(_ started: SyncStarted) throws {
        staging.begin(started)
        guard decidesLater else { return }
        for tenant in try Installation.tenants(db) where started.tenants.contains(tenant.id) {
            // Who was let through since the sync that was held is not due for what that one was held for.
            let isHeld = tenant.hold.map { tenant.settingsAt <= $0.since } ?? false
            if tenant.settingsAt > tenant.decidedAt, !isHeld { try users.makeDue(tenant.id, db) }
        }
    }

    /// A sync has ended: nobody is due any more of a tenant that it has decided, and nobody of those whom it let through.
    func settleDue() throws {
        guard let log = try SyncLog.fetch(db), log.helpDesk == nil, log.status == .completed || log.isStaged else {
            return
        }
        for tenant in try Installation.tenants(db) where log.tenants.contains(tenant.id) {
            if tenant.failedIn == log.sync { continue }
            let release = tenant.release(in: log.sync)
            if release != nil || tenant.hold == nil { try users.settleDue(of: tenant.id, release, db) }
        }
    }
}
