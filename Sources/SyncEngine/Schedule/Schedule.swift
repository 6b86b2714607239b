import ContactSync
package import GRDB
package import Projections

/// When a sync is due by itself: at each midnight of the account, in `Timeline`'s sense.
package struct Schedule: Sendable {
    /// 2026-01-01: a clock that shows less has not been set yet since the machine was switched on.
    private static let begin: Int64 = 1_767_225_600_000

    private let timeline: Timeline
    private let facts: ScheduleFacts

    /// - Parameter now: Milliseconds since 1970.
    /// - Throws: `SyncError.unknownZone`.
    package init(
        _ facts: ScheduleFacts, now: Int64, rules: (String) -> ZoneRules? = { ZoneRules($0) }
    ) throws {
        self.facts = facts
        timeline = try Timeline(facts.zones, now: now) { name in
            // Of a former zone only the past matters, and names of zones vanish now and then.
            let former = name == facts.zones.last?.zone ? nil : rules("UTC")
            guard let rules = rules(name) ?? former else { throw SyncError.unknownZone(name) }
            return rules
        }
    }

    package init(_ db: Database, now: Int64) throws { try self.init(ScheduleFacts.fetch(db), now: now) }

    /// Whether there is anything that a sync would read.
    package var hasWork: Bool { facts.isAppInstalled && facts.syncedSince != nil }

    package func next(after time: Int64) -> Midnight? { timeline.next(after: time) }

    /// The midnight whose sync is yet to run: the latest one, so that however many were missed, one sync makes up for them.
    ///
    /// Not due is what lies before contact sync was switched on, which runs a sync at once; and what a scheduled sync has
    /// served, which began since then and was not interrupted. Syncs by hand do not count, failed ones do.
    ///
    /// - Parameter isSyncing: Whether a sync runs: one without an end was killed otherwise.
    package func due(at now: Int64, isSyncing: Bool) -> Midnight? {
        guard now >= Schedule.begin, facts.isAppInstalled, let since = facts.syncedSince,
            let midnight = timeline.latest(at: now)
        else {
            return nil
        }
        // What was switched on later than tomorrow was so by a clock that was wrong.
        guard midnight.at >= since || since - now > Milliseconds.day else { return nil }
        return serves(midnight, at: now, isSyncing) ? nil : midnight
    }

    private func serves(_ midnight: Midnight, at now: Int64, _ isSyncing: Bool) -> Bool {
        // One that began tomorrow was told so by a wrong clock, which must not stop the schedule until then.
        guard let last = facts.last, last.beganAt >= midnight.at, last.beganAt - now <= Milliseconds.day else {
            return false
        }
        switch last.end {
        case .came: return true
        case .interrupted: return false
        case nil: return isSyncing
        }
    }
}
