import Foundation
import Projections
import SyncEngine
import Testing

/// The midnights of an account whose time zone is changed.
@Suite struct TimelineTests {
    private static let hour: Int64 = 3_600_000

    /// The midnights behind 2026-03-10T00:00Z, as UTC, with the date that begins.
    private func midnights(_ changes: [(String, String)], _ count: Int, after: String = "03-10T00:00") throws
        -> [String]
    {
        let timeline = try Self.timeline(changes.map { ZoneChange(at: DueTests.time($0), zone: $1) })
        var time = DueTests.time(after)
        return (0..<count).compactMap { _ in
            guard let next = timeline.next(after: time) else { return nil }
            time = next.at
            return "\(Self.written(next.at)) \(next.day)"
        }
    }

    private static func timeline(_ changes: [ZoneChange], now: Int64 = 1 << 50) throws -> Timeline {
        try Timeline(changes, now: now) { try #require(ZoneRules($0)) }
    }

    private static func written(_ milliseconds: Int64) -> String {
        String(Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(.iso8601).dropFirst(5).dropLast(4))
    }

    @Test func `without a change, each day begins at midnight`() throws {
        let days = try midnights([("01-01T00:00", "Asia/Kolkata")], 2)
        #expect(days == ["03-10T18:30 2026-03-11", "03-11T18:30 2026-03-12"])
    }

    @Test func `a change counts from the next day`() throws {
        // 17:00 on the 10th in Kolkata: the 11th begins by New York's clock.
        let west = try midnights([("01-01T00:00", "Asia/Kolkata"), ("03-10T11:30", "America/New_York")], 2)
        #expect(west == ["03-11T04:00 2026-03-11", "03-12T04:00 2026-03-12"])
        // 20:00 on the 10th in New York is the 11th in Auckland already: the 11th had no sync and gets none.
        let east = try midnights([("01-01T00:00", "America/New_York"), ("03-11T00:00", "Pacific/Auckland")], 3)
        #expect(east == ["03-10T04:00 2026-03-10", "03-11T11:00 2026-03-12", "03-12T11:00 2026-03-13"])
    }

    @Test func `a date that was synced by the old zone is not synced by the new one`() throws {
        // 00:30 on the 11th in Auckland; the 11th begins in Honolulu a day later, and the 12th a day after that.
        let days = try midnights([("01-01T00:00", "Pacific/Auckland"), ("03-10T11:30", "Pacific/Honolulu")], 2)
        #expect(days == ["03-10T11:00 2026-03-11", "03-12T10:00 2026-03-12"])
    }

    @Test func `a change that is not yet in force is replaced`() throws {
        let changes = [("01-01T00:00", "UTC"), ("03-10T08:00", "Asia/Tokyo"), ("03-10T09:00", "America/New_York")]
        #expect(try midnights(changes, 2) == ["03-11T04:00 2026-03-11", "03-12T04:00 2026-03-12"])
        let back = [("01-01T00:00", "UTC"), ("03-10T08:00", "Asia/Tokyo"), ("03-10T09:00", "UTC")]
        #expect(try midnights(back, 2) == ["03-11T00:00 2026-03-11", "03-12T00:00 2026-03-12"])
    }

    @Test func `a change that was taken back over a midnight does not cost that midnight`() throws {
        // 23:30 in Berlin, and 07:30 of the next day, before it is midnight in Los Angeles.
        let start = [("01-01T00:00", "Europe/Berlin"), ("03-10T22:30", "America/Los_Angeles")]
        let back = try midnights(start + [("03-11T06:30", "Europe/Berlin")], 3)
        #expect(back == ["03-10T23:00 2026-03-11", "03-11T23:00 2026-03-12", "03-12T23:00 2026-03-13"])
        let another = try midnights(start + [("03-11T06:00", "Asia/Tokyo")], 3)
        #expect(another == ["03-10T23:00 2026-03-11", "03-11T15:00 2026-03-12", "03-12T15:00 2026-03-13"])
    }

    @Test func `a change by a clock that was years ahead counts at once`() throws {
        let changes = [
            ZoneChange(at: DueTests.time("03-01T00:00"), zone: "UTC"),
            ZoneChange(at: DueTests.time("03-01T00:00") + 40_000 * 24 * Self.hour, zone: "Asia/Tokyo"),
        ]
        let timeline = try Self.timeline(changes, now: DueTests.time("03-10T00:00"))
        #expect(timeline.next(after: DueTests.time("03-10T00:00")).map { Self.written($0.at) } == "03-10T15:00")
    }

    @Test func `what is odd about a day is told`() throws {
        func oddities(_ zone: String, after text: String) throws -> [Midnight.Oddity]? {
            let after = try #require(NamedTime(text)?.end(in: .utc))
            return try Self.timeline([ZoneChange(at: 0, zone: zone)]).next(after: after)?.oddities
        }
        #expect(try oddities("Europe/Berlin", after: "2026-03-28T12:00Z") == [])
        #expect(try oddities("Africa/Cairo", after: "2026-04-23T12:00Z") == [.clockSkips(to: 3600)])
        #expect(try oddities("America/Havana", after: "2026-10-31T12:00Z") == [.comesTwice])
        let apia = try oddities("Pacific/Apia", after: "2011-12-30T09:00Z")
        guard case .daysLeftOut(let days)? = apia?.first else { throw Missing() }
        #expect(days.map(\.description) == ["2011-12-30"])
    }

    private struct Missing: Error {}

    private static let zones = [
        "UTC", "Africa/Cairo", "America/Havana", "America/Santiago", "America/St_Johns", "Asia/Gaza", "Asia/Kolkata",
        "Australia/Lord_Howe", "Europe/Berlin", "Pacific/Apia", "Pacific/Honolulu", "Pacific/Kiritimati",
    ]

    @Test(arguments: 0..<40 as Range<UInt64>) func `each date is met once at most, whatever is changed`(seed: UInt64)
        throws
    {
        var random = SeededGenerator(seed: seed)
        let start = DueTests.time("01-01T00:00")
        var at = start
        let changes = (0..<6).map { _ in
            // Some follow each other before the last one is in force.
            at += Int64.random(in: 0..<((seed.isMultiple(of: 2) ? 72 : 20) * Self.hour), using: &random)
            return ZoneChange(at: at, zone: Self.zones.randomElement(using: &random) ?? "UTC")
        }
        let timeline = try Self.timeline(changes)
        var last = try #require(timeline.next(after: start - 48 * Self.hour))
        while last.at < start + 600 * Self.hour {
            let next = try #require(timeline.next(after: last.at))
            #expect(next.at > last.at && next.day > last.day)
            #expect(timeline.latest(at: next.at) == next && timeline.latest(at: next.at - 1) == last)
            // A day by the clock; and, where it is changed for another, as far again as the two are apart.
            let changed = changes.filter { $0.at >= last.at && $0.at < next.at }.count
            if changed == 0 { #expect(next.at - last.at <= 26 * Self.hour) }
            if changed > 0 { #expect(next.at - last.at <= 52 * Self.hour) }
            last = next
        }
    }
}
