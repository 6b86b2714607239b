import ContactSync
package import GRDB

/// From when on an account has a time zone, in milliseconds since 1970 as the clock said it then.
package struct ZoneChange: Equatable, Sendable {
    package let at: Int64
    package let zone: String
    package init(at: Int64, zone: String) {
        self.at = at
        self.zone = zone
    }
}

/// The last sync that the schedule began.
package struct ScheduledSync: Equatable, Sendable {
    package enum End: String, Sendable {
        /// Completed or failed.
        case came
        case interrupted
    }
    package let beganAt: Int64
    /// Nil while it runs, and where it was killed.
    package let end: End?
    package init(beganAt: Int64, end: End?) {
        self.beganAt = beganAt
        self.end = end
    }
}

/// What the schedule is computed from.
package struct ScheduleFacts: Equatable, Sendable {
    /// In the order in which they were recorded.
    package var zones: [ZoneChange]
    package var last: ScheduledSync?
    package var isAppInstalled: Bool
    /// Since when contact sync is on and neither the tenant nor the app was switched off, of the tenant that is active now and has had it on for longest; nil where no active
    /// tenant has.
    package var syncedSince: Int64?

    package init(zones: [ZoneChange], last: ScheduledSync? = nil, isAppInstalled: Bool = true, syncedSince: Int64? = 0)
    {
        self.zones = zones
        self.last = last
        self.isAppInstalled = isAppInstalled
        self.syncedSince = syncedSince
    }

    package static func fetch(_ db: Database) throws -> ScheduleFacts {
        let zones = try Row.fetchAll(db, sql: "SELECT recorded_at, zone FROM zones ORDER BY position")
        let last = try Row.fetchOne(db, sql: "SELECT began_at, end FROM scheduled_sync")
        let synced = try Installation.tenants(db).filter { $0.isActive && !$0.isDeleted && $0.settings.contactSync }
        let since = try synced.compactMap { tenant in
            try Int64.fetchOne(
                db, sql: "SELECT since FROM synced_since WHERE tenant = ?", arguments: [tenant.id.rawValue])
        }
        return ScheduleFacts(
            zones: zones.map { ZoneChange(at: $0[0], zone: $0[1]) },
            last: last.map { row in
                let end: String? = row[1]
                return ScheduledSync(beganAt: row[0], end: end.flatMap(ScheduledSync.End.init))
            },
            isAppInstalled: try Installation.isAppInstalled(db), syncedSince: since.min())
    }
}
