import ContactSync
import Foundation
import Projections
import Synchronization

/// What commands print. Data goes to stdout; progress and errors go to stderr.
enum Output {
    static func line(_ text: String) { write(Array((text + "\n").utf8)) }

    /// A reader that has gone (`| head`) ends the command as it ends every other one; a full disk ends it with its code.
    static func write(_ bytes: [UInt8]) {
        switch Descriptor.write(bytes, to: STDOUT_FILENO) {
        case 0: break
        case EPIPE: endWithoutReader()
        case let code:
            Failure(.io, "the output cannot be written: \(String(cString: strerror(code)))").print()
            Foundation.exit(ExitCode.io.rawValue)
        }
    }

    /// Waits before there is more to print, and ends the command as `write` does where the reader has gone meanwhile.
    static func wait(milliseconds: Int32) {
        var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
        if poll(&output, 1, milliseconds) > 0 { endWithoutReader() }
    }

    private static func endWithoutReader() {
        signal(SIGPIPE, SIG_DFL)
        raise(SIGPIPE)
    }

    static func json(_ members: [(key: String, value: JSONValue)]) { line(text(of: members)) }

    /// An object in the order of its members, which people read too.
    static func text(of members: [(key: String, value: JSONValue)]) -> String {
        var text: [UInt8] = [UInt8(ascii: "{")]
        for (index, member) in members.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text += CanonicalJSON(.string(member.key)).bytes + [UInt8(ascii: ":")] + CanonicalJSON(member.value).bytes
        }
        return String(decoding: text + [UInt8(ascii: "}")], as: UTF8.self)
    }

    /// What a command changed: the events that it appended, none where all was so already, and what is so now.
    static func change(_ events: [Event], _ members: [(key: String, value: JSONValue)]) {
        json([("changed", .array(events.map { .string($0.type.rawValue) }))] + members)
    }

    /// What a directory holds must not steer a terminal, nor turn its text around.
    static func printable(_ text: String, keeping kept: Set<Character> = []) -> String {
        String(text.map { !kept.contains($0) && $0.unicodeScalars.contains(where: steers) ? "\u{FFFD}" : $0 })
    }

    private static func steers(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    static func time(_ milliseconds: Int64?, zone: String? = nil) -> String {
        guard let milliseconds else { return "" }
        return (zone.map(rules) ?? .utc).text(milliseconds)
    }

    /// A list asks for the same zone in each line, and each would read its file.
    private static let zones = Mutex<[String: ZoneRules]>([:])

    private static func rules(_ zone: String) -> ZoneRules {
        zones.withLock { zones in
            if let known = zones[zone] { return known }
            let rules = ZoneRules(account: zone)
            zones[zone] = rules
            return rules
        }
    }

    /// The time of day by the clock of a zone, and which zone's: for what is over within minutes.
    static func clock(_ milliseconds: Int64, zone: String) -> String {
        String(time(milliseconds, zone: zone).split(separator: "T").last ?? "")
    }

    static func json(time milliseconds: Int64?) -> JSONValue {
        milliseconds.map { .string(time($0)) } ?? .null
    }
}

extension JSONValue {
    init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }
    init(_ number: Int64?) { self = number.map { .number(String($0)) } ?? .null }
}
