import ContactSync
import Foundation
import Journal
import Projections
import Testing

/// Which position a person means.
@Suite struct MomentTests {
    /// A text, and the last millisecond that it names in Berlin, as RFC 3339.
    @Test(arguments: [
        ("2026-11-24", "2026-11-24T22:59:59.999Z"),
        ("2026-11-24T10:00", "2026-11-24T09:00:00.999Z"),
        ("2026-11-24 10:00:05", "2026-11-24T09:00:05.999Z"),
        ("2026-11-24T10:00:05.25", "2026-11-24T09:00:05.250Z"),
        ("2026-07-01T10:00", "2026-07-01T08:00:00.999Z"),
        ("2026-11-24T10:00Z", "2026-11-24T10:00:00.999Z"),
        ("2026-11-24t10:00:00.1234z", "2026-11-24T10:00:00.123Z"),
        ("2026-11-24T10:00:00-05:30", "2026-11-24T15:30:00.999Z"),
        // The days on which the clock is changed, and the times that it skips and repeats.
        ("2026-03-29", "2026-03-29T21:59:59.999Z"),
        ("2026-10-25", "2026-10-25T22:59:59.999Z"),
        ("2026-03-29T01:59:59", "2026-03-29T00:59:59.999Z"),
        ("2026-03-29T02:30", "2026-03-29T01:00:00.999Z"),
        ("2026-03-29T03:00", "2026-03-29T01:00:00.999Z"),
        ("2026-10-25T02:30", "2026-10-25T01:30:00.999Z"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25T00:30:00.999Z"),
        ("2024-02-29", "2024-02-29T22:59:59.999Z"),
    ])
    func `a time is the last moment that it names`(text: String, end: String) throws {
        let zone = try #require(ZoneRules("Europe/Berlin"))
        let time = try #require(NamedTime(text))
        #expect(Self.written(time.end(in: zone)) == end)
    }

    /// Where the clock skips midnight, and where it shows midnight twice.
    @Test(arguments: [
        ("Africa/Cairo", "2025-04-24", "2025-04-24T21:59:59.999Z"),
        ("America/Havana", "2025-11-01", "2025-11-02T03:59:59.999Z"),
        ("America/Sao_Paulo", "2018-11-03", "2018-11-04T02:59:59.999Z"),
        ("America/Sao_Paulo", "2018-02-17", "2018-02-18T02:59:59.999Z"),
        ("Pacific/Apia", "2011-12-29", "2011-12-30T09:59:59.999Z"),
        ("Asia/Kathmandu", "2026-11-24", "2026-11-24T18:14:59.999Z"),
    ])
    func `a day ends where the next one begins`(name: String, day: String, end: String) throws {
        let zone = try #require(ZoneRules(name))
        let time = try #require(NamedTime(day))
        #expect(Self.written(time.end(in: zone)) == end)
    }

    @Test(arguments: [
        "", "now", "-1", "1.5", "2026", "2026-11", "2026-13-01", "2026-02-30", "2025-02-29", "2026-11-24T",
        "2026-11-24T10",
        "2026-11-24T24:00", "2026-11-24T10:60", "2026-11-24T10:00:60", "2026-11-24T10:00.5", "2026-11-24Z",
        "2026-11-24T10:00+2", "2026-11-24T10:00+24:00", "٢٠٢٦-11-24", "26-11-24", "2026-11-24T10:00:00ZZ", "1e3", " 5",
    ])
    func `what is no time is refused`(text: String) {
        #expect(NamedTime(text) == nil)
        #expect(Moment(text) == (text == "2026" ? .position(Position(rawValue: 2026)) : nil))
    }

    @Test func `a moment is the last event recorded by then, whatever the clock did`() throws {
        let home = try TemporaryHome()
        #expect(throws: JournalError.self) { try Past.models(home, "1") }
        // The clock is set back behind the fourth event, and the account moves in the end.
        let times: [Int64] = [0, 10_000, 20_000, 30_000, 15_000, 25_000]
        let start: Int64 = 1_795_000_000_000
        let writer = try JournalWriter(home: home.path, creating: true)
        #expect(throws: MomentError.empty) { try Past.models(home, "1") }
        for (index, time) in times.enumerated() {
            let zone = index < 5 ? "UTC" : "Asia/Kathmandu"
            let account = Account(name: "Acme", timeZone: zone, portalURL: "https://acme.example", plan: .pro)
            let opens = Event.accountOpened(.init(journal: "j", account: account))
            let event = index == 0 ? opens : Event.accountChanged(.init(account: account))
            let data = try event.data()
            try writer.transaction { appender in
                _ = try appender.append(
                    NewEvent(
                        type: event.type.rawValue, version: 1, subject: "account", previous: nil, data: data),
                    Occasion(actor: "foxtrail", time: start + time))
            }
        }
        func position(_ text: String) throws -> Int64? {
            let models = try Past.models(home, text)
            return models.moment?.position.rawValue
        }
        func at(_ offset: Int64) throws -> Int64? { try position(MomentTests.written(start + offset)) }
        let found = try [0, 9_999, 10_000, 15_000, 22_000, 25_000, 99_000].map { try at($0) }
        #expect(found == [1, 1, 2, 5, 5, 6, 6])
        let named = try (1...6).map { try position("\($0)") }
        #expect(named == [1, 2, 3, 4, 5, 6])
        #expect(throws: MomentError.beforeFirst) { try position("0") }
        #expect(throws: MomentError.beyond(last: Position(rawValue: 6))) { try position("7") }
        #expect(throws: MomentError.beyond(last: Position(rawValue: 6))) { try position("99999999999999999999") }
        #expect(throws: MomentError.tooEarly(first: start, zone: "UTC")) { try at(-1) }
        // 1 795 000 000 is 2026-11-18T11:06:40Z, which is 16:51:40 in Kathmandu.
        #expect(try position("2026-11-18T16:51:40") == 1)
        #expect(throws: MomentError.tooEarly(first: start, zone: "Asia/Kathmandu")) {
            try position("2026-11-18T11:06:40")
        }
    }

    private static func written(_ milliseconds: Int64) -> String {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        // Half a millisecond more: what is not exact is cut off.
        return Date(timeIntervalSince1970: (Double(milliseconds) + 0.5) / 1000).formatted(style)
    }
}
