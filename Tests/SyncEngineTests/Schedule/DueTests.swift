import Foundation
import Projections
import SyncEngine
import Testing

/// Which midnight a sync is due for. Times are UTC, and of 2026.
@Suite struct DueTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var now = "03-10T12:00"
        var since = "03-01T10:00"
        var last: (began: String, end: ScheduledSync.End?)?
        var isSyncing = false
        /// Nil where nothing is due.
        let due: String?
    }

    static let cases = [
        Case(testDescription: "nothing ran yet: however many were missed, it is one", due: "03-10T00:00"),
        Case(testDescription: "it is due at midnight itself", now: "03-10T00:00", due: "03-10T00:00"),
        Case(
            testDescription: "and not a moment before", now: "03-09T23:59:59.999",
            last: ("03-09T00:00", .came), due: nil),
        Case(testDescription: "today's came", last: ("03-10T00:00:01", .came), due: nil),
        Case(testDescription: "one that begins at midnight serves it", last: ("03-10T00:00", .came), due: nil),
        Case(testDescription: "yesterday's came, however late", last: ("03-09T23:59", .came), due: "03-10T00:00"),
        Case(testDescription: "today's was interrupted", last: ("03-10T00:01", .interrupted), due: "03-10T00:00"),
        Case(testDescription: "today's runs", last: ("03-10T00:01", nil), isSyncing: true, due: nil),
        Case(testDescription: "today's was killed", last: ("03-10T00:01", nil), due: "03-10T00:00"),
        Case(
            testDescription: "yesterday's still runs", last: ("03-09T00:01", nil), isSyncing: true, due: "03-10T00:00"),
        Case(testDescription: "switched on today: that ran a sync at once", since: "03-10T08:00", due: nil),
        Case(testDescription: "switched on just before midnight", since: "03-09T23:59", due: "03-10T00:00"),
        Case(
            testDescription: "the clock was set back over midnight", now: "03-09T23:10",
            last: ("03-10T00:00:05", .came), due: nil),
        Case(
            testDescription: "and shows the same midnight again", now: "03-10T00:00:01",
            last: ("03-10T00:00:05", .came), due: nil),
        Case(testDescription: "the clock was days ahead then", last: ("03-14T00:00", .came), due: "03-10T00:00"),
        Case(testDescription: "it was weeks ahead when sync was switched on", since: "05-01T00:00", due: "03-10T00:00"),
    ]

    @Test(arguments: cases) func `a sync is due`(_ row: Case) throws {
        let facts = ScheduleFacts(
            zones: [ZoneChange(at: Self.time("01-01T00:00"), zone: "UTC")],
            last: row.last.map { ScheduledSync(beganAt: Self.time($0.began), end: $0.end) },
            syncedSince: Self.time(row.since))
        let now = Self.time(row.now)
        let due = try Schedule(facts, now: now).due(at: now, isSyncing: row.isSyncing)
        #expect(due?.at == row.due.map(Self.time))
    }

    @Test func `nothing is due without an app, or without a tenant to sync`() throws {
        let now = Self.time("03-10T12:00")
        var facts = ScheduleFacts(zones: [ZoneChange(at: 0, zone: "UTC")])
        #expect(try Schedule(facts, now: now).due(at: now, isSyncing: false) != nil)
        facts.isAppInstalled = false
        #expect(try Schedule(facts, now: now).due(at: now, isSyncing: false) == nil)
        (facts.isAppInstalled, facts.syncedSince) = (true, nil)
        #expect(try Schedule(facts, now: now).due(at: now, isSyncing: false) == nil)
        #expect(try Schedule(facts, now: now).next(after: now)?.at == Self.time("03-11T00:00"))
    }

    @Test func `nothing is due by a clock that was not set yet`() throws {
        let facts = ScheduleFacts(zones: [ZoneChange(at: Self.time("01-01T00:00"), zone: "UTC")])
        for now: Int64 in [0, 1_700_000_000_000] {
            #expect(try Schedule(facts, now: now).due(at: now, isSyncing: false) == nil)
        }
    }

    @Test func `a time zone that nobody knows is named, unless it is a former one`() throws {
        let zones = [
            ZoneChange(at: 0, zone: "Mars/Olympus"), ZoneChange(at: Self.time("03-10T08:00"), zone: "Asia/Tokyo"),
        ]
        let next = try Schedule(ScheduleFacts(zones: zones), now: Self.time("04-01T00:00")).next(
            after: Self.time("03-20T00:00"))
        #expect(next?.at == Self.time("03-20T15:00"))
        #expect(throws: SyncError.self) {
            try Schedule(ScheduleFacts(zones: [.init(at: 0, zone: "Mars/Olympus")]), now: 0)
        }
    }

    static func time(_ text: String) -> Int64 {
        let time = text.contains(":00:") || text.contains(":59:") ? text : text + ":00"
        let whole = NamedTime("2026-\(time.contains(".") ? time : time + ".000")Z")
        return whole?.end(in: .utc) ?? .min
    }
}
