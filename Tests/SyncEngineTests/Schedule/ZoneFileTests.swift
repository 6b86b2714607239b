import Foundation
import Projections
import SyncEngine
import Testing

/// Zone files as RFC 9636 describes them. That real ones are read as others read them is what tools/scenarios shows.
@Suite struct ZoneFileTests {
    private let directory = FileManager.default.temporaryDirectory.appending(
        path: "foxtrail-zones-\(UUID().uuidString)")

    /// The offset in hours at a time of 2026, by a file that consists of transitions to other offsets and a footer.
    private func zone(_ footer: String, transitions: [(Int64, Int32)] = []) throws -> ZoneRules? {
        try write(Self.file(footer, transitions))
        defer { try? FileManager.default.removeItem(at: directory) }
        return ZoneRules(system: "Test", directory: directory.path)
    }

    private func write(_ bytes: [UInt8]) throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try Data(bytes).write(to: directory.appending(path: "Test"))
    }

    private static func file(_ footer: String, _ transitions: [(Int64, Int32)]) -> [UInt8] {
        func header(_ times: Int, _ types: Int) -> [UInt8] {
            Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
                + [0, 0, 0, times, types, 4].flatMap { bytes(Int32($0)) }
        }
        let types = [Int32(0)] + transitions.map(\.1)
        return header(0, 1) + [0, 0, 0, 0, 0, 0] + Array("XXX\0".utf8) + header(transitions.count, types.count)
            + transitions.flatMap { bytes($0.0) } + transitions.indices.map { UInt8($0 + 1) }
            + types.flatMap { bytes($0) + [0, 0] } + Array("XXX\0\n\(footer)\n".utf8)
    }

    private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian, Array.init)
    }

    @Test(arguments: [
        ("XXX-3", "03-10T00:00", 3.0), ("<+0545>-5:45", "03-10T00:00", 5.75), ("XXX4", "03-10T00:00", -4),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "03-29T00:59:59", 1), ("CET-1CEST,M3.5.0,M10.5.0/3", "03-29T01:00", 2),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "10-25T00:59:59", 2), ("CET-1CEST,M3.5.0,M10.5.0/3", "10-25T01:00", 1),
        // Summer in the south, over the turn of the year.
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "01-01T00:00", 11), ("AEST-10AEDT,M10.1.0,M4.1.0/3", "07-01T00:00", 10),
        // Half an hour; hours outside of the day; winter time that is the exception.
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "01-01T00:00", 11),
        ("EET-2EEST,M4.5.5/0,M10.5.4/24", "04-23T22:00", 3), ("EET-2EEST,M4.5.5/0,M10.5.4/24", "10-29T20:59:59", 3),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "03-29T01:00", -1),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "01-01T00:00", 0), ("IST-1GMT0,M10.5.0,M3.5.0/1", "07-01T00:00", 1),
        // Days of the year, with and without 29 February.
        ("XXX3YYY,J60,J300", "03-01T04:59:59", -3), ("XXX3YYY,J60,J300", "03-01T05:00", -2),
        ("XXX3YYY,59/0,300", "03-01T03:00", -2),
    ])
    func `the footer tells the offset from now on`(footer: String, time: String, hours: Double) throws {
        let rules = try #require(try zone(footer))
        #expect(Double(rules.offset(at: DueTests.time(time) / 1000)) == hours * 3600)
    }

    @Test func `transitions tell it before`() throws {
        let rules = try #require(try zone("XXX-3", transitions: [(1000, 3600), (2000, -7200), (3000, 10_800)]))
        let offsets = [999, 1000, 1999, 2000, 2999, 3000, 1 << 40].map { rules.offset(at: $0) }
        #expect(offsets == [0, 3600, 3600, -7200, -7200, 10_800, 10_800])
        let last = try #require(try zone("", transitions: [(1000, 3600)]))
        #expect(last.offset(at: 1 << 40) == 3600)
    }

    @Test(arguments: [
        "X-3", "XXX", "XXX-3YYY", "XXX-3YYY,M13.1.0,M4.1.0", "XXX-3YYY,M3.5.0", "XXX-3,", "<XXX-3", "XXX-3:99",
    ])
    func `a footer that makes no sense is none`(footer: String) throws { #expect(try zone(footer) == nil) }

    @Test func `a file that was cut off is none`() throws {
        let bytes = Self.file("XXX-3", [(1000, 3600), (2000, -7200)])
        defer { try? FileManager.default.removeItem(at: directory) }
        for length in 0..<bytes.count {
            try write(Array(bytes.prefix(length)))
            #expect(ZoneRules(system: "Test", directory: directory.path) == nil, "of \(length) bytes")
        }
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] = 0xFF
            try write(damaged)
            // Whatever it says, nothing breaks.
            _ = ZoneRules(system: "Test", directory: directory.path)?.offset(at: 1500)
        }
    }

    @Test(arguments: ["../etc/passwd", "/etc/passwd", "", "Europe/../Berlin", "Europe/\u{0}Berlin"])
    func `a name that leads elsewhere is no zone`(name: String) { #expect(ZoneRules(system: name) == nil) }

    @Test(arguments: ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati"])
    func `a local time is written as Foundation writes it`(zone: String) throws {
        let rules = try #require(ZoneRules(builtIn: zone))
        let style = Date.ISO8601FormatStyle(timeZone: try #require(TimeZone(identifier: zone))).year().month().day()
            .time(includingFractionalSeconds: false).timeZone(separator: .colon)
        for hour in stride(from: Int64(0), to: 20_000, by: 97) {
            let time = 1_700_000_000_999 + hour * 3_600_000
            #expect(rules.text(time) == Date(timeIntervalSince1970: Double(time / 1000)).formatted(style))
        }
        #expect(ZoneRules.utc.text(-1) == "1969-12-31T23:59:59Z")
    }
}
