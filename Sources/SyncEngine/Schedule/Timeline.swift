import ContactSync
package import Projections

/// A beginning of a day at which a sync is due.
package struct Midnight: Equatable, Sendable {
    /// Milliseconds since 1970.
    package let at: Int64
    package let day: CivilDay
    /// The zone whose day begins.
    package let zone: String
    /// Seconds east of Greenwich.
    package let offset: Int64
    package let oddities: [Oddity]

    package enum Oddity: Equatable, Sendable {
        /// The day begins later than 00:00, at so many seconds of it.
        case clockSkips(to: Int64)
        case comesTwice
        /// The zone left out the days before.
        case daysLeftOut([CivilDay])
        /// The first one by another zone.
        case zoneChanged(from: String)
    }
}

/// All midnights of an account whose time zone has been changed now and then.
///
/// A change takes effect from the next day: the midnights of the old zone end with the change, and those of the new one
/// begin with the first that lies behind the change and has a later date than the last one of the old. So each date gets
/// one sync at most. A change that is not yet in force is replaced by the next change, as if it had never been made: the
/// midnights of the old zone end with the next one only.
package struct Timeline: Sendable {
    /// The midnights of one zone that count.
    private struct Reign {
        let midnights: Midnights
        /// The first of them, in milliseconds.
        let from: Int64
        /// No later one counts.
        var until: Int64
    }
    private static let always: Int64 = 1 << 53
    /// No zone ever left out more days in a row.
    private static let mostDaysLeftOut = 3

    private var reigns: [Reign] = []

    /// - Parameters:
    ///   - changes: In the order in which they were recorded; the first one opened the account.
    ///   - now: Changes that were recorded with a time more than a day from here are those of a clock that was wrong,
    ///     and count as made at the time of the one before.
    ///   - rules: The offsets of a zone.
    package init(_ changes: [ZoneChange], now: Int64, rules: (String) throws -> ZoneRules) rethrows {
        var last = -Timeline.always
        for change in changes {
            let at = change.at - now > Milliseconds.day ? last : change.at
            last = at
            if reigns.last?.midnights.zone.name == change.zone { continue }
            try take(Midnights(rules(change.zone)), at: at)
        }
    }

    private mutating func take(_ midnights: Midnights, at time: Int64) {
        guard !reigns.isEmpty else {
            return reigns = [Reign(midnights: midnights, from: -Timeline.always, until: Timeline.always)]
        }
        reigns.removeAll { $0.from > time }
        guard var old = reigns.popLast() else { return }
        let isTakenBack = old.midnights.zone.name == midnights.zone.name
        old.until = isTakenBack ? Timeline.always : time
        reigns.append(old)
        if isTakenBack { return }
        guard let served = latest(at: time)?.day, let from = midnights.next(after: time, laterThan: served)?.start
        else {
            // Nothing was ever due by the old one.
            return reigns = [Reign(midnights: midnights, from: -Timeline.always, until: Timeline.always)]
        }
        reigns.append(Reign(midnights: midnights, from: from, until: Timeline.always))
    }

    /// The last midnight that is not later than a time in milliseconds since 1970.
    package func latest(at time: Int64) -> Midnight? {
        for (index, reign) in reigns.enumerated().reversed() {
            let end = min(time, reign.until)
            guard end >= reign.from, let found = reign.midnights.latest(at: end), found.start >= reign.from else {
                continue
            }
            return midnight(found, index)
        }
        return nil
    }

    /// The first midnight behind a time in milliseconds since 1970.
    package func next(after time: Int64) -> Midnight? {
        for (index, reign) in reigns.enumerated() {
            let start = max(time, reign.from - 1)
            guard start < reign.until, let found = reign.midnights.next(after: start), found.start <= reign.until else {
                continue
            }
            return midnight(found, index)
        }
        return nil
    }

    private func midnight(_ found: (start: Int64, day: CivilDay), _ index: Int) -> Midnight {
        let (midnights, seconds) = (reigns[index].midnights, found.start.flooring(1000))
        let clock = midnights.clock(at: seconds)
        var oddities: [Midnight.Oddity] = []
        if index > 0, found.start == reigns[index].from, reigns[index - 1].midnights.zone.name != midnights.zone.name {
            oddities.append(.zoneChanged(from: reigns[index - 1].midnights.zone.name))
        }
        let leftOut = (1...Timeline.mostDaysLeftOut).map { CivilDay(found.day.number - Int64($0)) }
            .prefix { midnights.start(of: $0) == nil }
        if !leftOut.isEmpty { oddities.append(.daysLeftOut(leftOut.reversed())) }
        if clock != 0 { oddities.append(.clockSkips(to: clock)) }
        if midnights.comesTwice(found.day) { oddities.append(.comesTwice) }
        return Midnight(
            at: found.start, day: found.day, zone: midnights.zone.name, offset: midnights.zone.offset(at: seconds),
            oddities: oddities)
    }
}

extension Midnights {
    /// How many days ahead or back there may be none.
    private static let reach: Int64 = 5

    /// In milliseconds, as all here.
    fileprivate func latest(at time: Int64) -> (start: Int64, day: CivilDay)? {
        let today = zone.day(at: time.flooring(1000)).number
        // The clock may have been set back behind the beginning of a day.
        for number in stride(from: today + 1, through: today - Midnights.reach, by: -1) {
            let day = CivilDay(number)
            if let start = start(of: day), start * 1000 <= time { return (start * 1000, day) }
        }
        return nil
    }

    fileprivate func next(
        after time: Int64, laterThan last: CivilDay? = nil
    ) -> (start: Int64, day: CivilDay)? {
        let today = zone.day(at: time.flooring(1000)).number
        let first = max(today, last.map(\.number) ?? today) + 1
        for number in first...(first + Midnights.reach) {
            let day = CivilDay(number)
            if let start = start(of: day), start * 1000 > time { return (start * 1000, day) }
        }
        return nil
    }
}
