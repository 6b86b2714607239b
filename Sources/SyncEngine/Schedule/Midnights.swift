package import Projections

/// Where the days of a zone begin.
///
/// A day begins at the first instant at which the zone's clock shows its date. That is mostly 00:00. Where the clock is
/// set on over midnight it is the moment of that; where midnight comes twice it is the first; and a day that a zone left
/// out has no beginning at all (Pacific/Apia went from 29 to 31 December 2011).
package struct Midnights: Sendable {
    package let zone: ZoneRules

    package init(_ zone: ZoneRules) { self.zone = zone }

    /// No zone was ever further from Greenwich, in seconds.
    private static let farthest: Int64 = 16 * 3600

    /// The first instant of a day, in seconds since 1970.
    package func start(of day: CivilDay) -> Int64? {
        let clock = day.number * 86_400
        return spans(around: clock).lazy.compactMap { span in
            let first = max(span.start, clock - span.offset)
            return first < min(span.end, clock + 86_400 - span.offset) ? first : nil
        }.first
    }

    /// What the clock shows at an instant, in seconds of the day: other than zero where it skips midnight.
    package func clock(at time: Int64) -> Int64 {
        let clock = time + zone.offset(at: time)
        return clock - clock.flooring(86_400) * 86_400
    }

    /// Whether the clock shows 00:00 of a day more than once.
    package func comesTwice(_ day: CivilDay) -> Bool {
        let clock = day.number * 86_400
        return spans(around: clock).filter { $0.start <= clock - $0.offset && clock - $0.offset < $0.end }.count > 1
    }

    private struct Span {
        let start: Int64
        let end: Int64
        let offset: Int64
    }

    /// The stretches of time with one offset in which a day that begins at a time of the clock can lie.
    private func spans(around clock: Int64) -> [Span] {
        let end = clock + 86_400 + Midnights.farthest
        var spans: [Span] = []
        var start = clock - Midnights.farthest
        var offset = zone.offset(at: start)
        var time = start
        while time < end {
            // Nowhere were clocks ever changed twice within three hours.
            let next = min(time + 10_800, end)
            let later = zone.offset(at: next)
            if later != offset {
                let change = change(after: time, before: next, from: offset)
                spans.append(Span(start: start, end: change, offset: offset))
                (start, offset) = (change, later)
            }
            time = next
        }
        return spans + [Span(start: start, end: end, offset: offset)]
    }

    /// The first instant that no longer has an offset.
    private func change(after: Int64, before: Int64, from offset: Int64) -> Int64 {
        var (low, high) = (after, before)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if zone.offset(at: middle) == offset { low = middle } else { high = middle }
        }
        return high
    }
}
