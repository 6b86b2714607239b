import Foundation

/// The offsets of one time zone: whatever has to do with an account's time zone asks here, and nowhere else.
///
/// Countries change their clocks on short notice, and an installation lives longer than a release of ours: so the
/// system's time zone database, which its distribution keeps up to date, is asked first, and what is compiled into
/// Foundation only where the system has none.
package struct ZoneRules: Sendable {
    package enum Source: Equatable, Sendable { case system, builtIn }

    package let name: String
    package let source: Source
    private let lookup: @Sendable (Int64) -> Int64

    /// Nil for a zone that neither knows.
    ///
    /// - Parameter directory: Where the system keeps its time zone files.
    package init?(_ name: String, directory: String = ZoneRules.directory) {
        if let rules = ZoneRules(system: name, directory: directory) {
            self = rules
        } else if let rules = ZoneRules(builtIn: name) {
            self = rules
        } else {
            return nil
        }
    }

    /// The zone of an account, and UTC where nobody knows that any more.
    package init(account name: String) { self = ZoneRules(name) ?? .utc }

    package static let utc = ZoneRules(name: "UTC", source: .builtIn) { _ in 0 }

    private init(name: String, source: Source, lookup: @escaping @Sendable (Int64) -> Int64) {
        (self.name, self.source, self.lookup) = (name, source, lookup)
    }

    package init?(system name: String, directory: String = ZoneRules.directory) {
        guard ZoneRules.isPlain(name), let bytes = FileManager.default.contents(atPath: "\(directory)/\(name)"),
            let file = ZoneFile(Array(bytes))
        else { return nil }
        self.init(name: name, source: .system) { file.offset(at: $0) }
    }

    package init?(builtIn name: String) {
        guard let zone = TimeZone(identifier: name) else { return nil }
        self.init(name: name, source: .builtIn) {
            Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double($0))))
        }
    }

    /// As in glibc, `TZDIR` names another one.
    package static var directory: String {
        let named = ProcessInfo.processInfo.environment["TZDIR"] ?? ""
        return named.isEmpty ? "/usr/share/zoneinfo" : named
    }

    /// The name becomes part of a path.
    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix("/") && !name.split(separator: "/").contains("..")
            && name.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Seconds east of Greenwich at a time in seconds since 1970.
    package func offset(at time: Int64) -> Int64 { lookup(time) }

    /// The day that the zone's clock shows at a time in seconds since 1970.
    package func day(at time: Int64) -> CivilDay { CivilDay(containing: time + offset(at: time)) }
}

extension ZoneRules {
    /// A time in milliseconds since 1970 as the zone's clock shows it, to the second and with the offset (RFC 3339).
    package func text(_ milliseconds: Int64) -> String {
        let seconds = milliseconds.flooring(1000)
        let offset = offset(at: seconds)
        let clock = seconds + offset
        let day = CivilDay(containing: clock)
        let time = clock - day.number * 86_400
        let minutes = offset.magnitude / 60
        let zone =
            offset == 0 ? "Z" : "\(offset < 0 ? "-" : "+")\(Self.two(minutes / 60)):\(Self.two(minutes % 60))"
        return "\(day)T\(Self.two(time / 3600)):\(Self.two(time / 60 % 60)):\(Self.two(time % 60))\(zone)"
    }

    private static func two(_ number: some BinaryInteger) -> String { (number < 10 ? "0" : "") + String(number) }
}
