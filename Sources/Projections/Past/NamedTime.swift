import ContactSync
import Foundation

/// A time as people write it: RFC 3339 with an offset, or a date, or a date with the time of day, by the clock of a zone.
///
/// What is written names a span: a day, a second, or with a fraction a millisecond. The state at that time is the one
/// at the span's end, so that a time copied from a list, which shows seconds, includes what it was copied from.
package struct NamedTime: Equatable, Sendable {
    private enum Span: Equatable { case day, second, millisecond }

    /// What a clock shows, in milliseconds since its own 1970-01-01T00:00.
    private let clock: Int64
    private let span: Span
    /// Of the clock, in milliseconds east of Greenwich; nil for that of a zone.
    private let offset: Int64?

    package var isLocal: Bool { offset == nil }

    package init?(_ text: String) {
        let format =
            /([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[Tt ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})?)?/
        guard let (_, year, month, day, minute, second, fraction, offset) = text.wholeMatch(of: format)?.output,
            let date = NamedTime.day(year, month, day), fraction == nil || second != nil,
            let time = NamedTime.clock("\(minute ?? "00:00")\(second ?? ":00")"),
            let east = NamedTime.offset(offset)
        else { return nil }
        clock = date + time + NamedTime.milliseconds(fraction)
        span = minute == nil ? .day : fraction == nil ? .second : .millisecond
        self.offset = offset == nil ? nil : east
    }

    /// The last millisecond that it names, since 1970. A time that a zone's clock shows twice is the later one; one that
    /// it skips is the moment of skipping.
    package func end(in zone: ZoneRules) -> Int64 {
        switch span {
        case .day: zone.instants(of: clock + Milliseconds.day).lowerBound - 1
        case .second: start(zone) + 999
        case .millisecond: start(zone)
        }
    }

    private func start(_ zone: ZoneRules) -> Int64 { offset.map { clock - $0 } ?? zone.instants(of: clock).upperBound }

    private static func day(_ year: Substring, _ month: Substring, _ day: Substring) -> Int64? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let date = DateComponents(calendar: calendar, year: Int(year), month: Int(month), day: Int(day))
        return date.isValidDate ? date.date.map { Int64($0.timeIntervalSince1970) * 1000 } : nil
    }

    private static func clock(_ text: String) -> Int64? {
        let parts = text.split(separator: ":").compactMap { Int64($0) }
        guard parts.count == 3, parts[0] < 24, parts[1] < 60, parts[2] < 60 else { return nil }
        return (parts[0] * 3600 + parts[1] * 60 + parts[2]) * 1000
    }

    private static func offset(_ text: Substring?) -> Int64? {
        guard let text, text.count == 6 else { return 0 }
        guard let size = clock("\(text.dropFirst()):00") else { return nil }
        return text.first == "-" ? -size : size
    }

    private static func milliseconds(_ fraction: Substring?) -> Int64 {
        Int64("\(fraction?.dropFirst() ?? "")000".prefix(3)) ?? 0
    }
}

extension ZoneRules {
    /// When the zone's clock shows a time: twice where it is set back over it, and where it is set on over it, the moment
    /// at which that happens.
    fileprivate func instants(of clock: Int64) -> ClosedRange<Int64> {
        func offset(at milliseconds: Int64) -> Int64 { self.offset(at: milliseconds.flooring(1000)) * 1000 }
        let offsets = [-Milliseconds.day, Milliseconds.day].map { offset(at: clock + $0) }
        let candidates = offsets.map { clock - $0 }
        let shown = candidates.filter { offset(at: $0) == clock - $0 }
        if let first = shown.min(), let last = shown.max() { return first...last }
        var (before, after) = (min(candidates[0], candidates[1]), max(candidates[0], candidates[1]))
        let old = offset(at: before)
        while after - before > 1 {
            let middle = before + (after - before) / 2
            if offset(at: middle) == old { before = middle } else { after = middle }
        }
        return after...after
    }
}
