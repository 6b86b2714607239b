import ContactSync
import Foundation

/// What commands print. Data goes to stdout; progress and errors go to stderr.
enum Output {
    static func line(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    static func json(_ members: [(key: String, value: JSONValue)]) {
        var text: [UInt8] = [UInt8(ascii: "{")]
        for (index, member) in members.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text += CanonicalJSON(.string(member.key)).bytes + [UInt8(ascii: ":")] + CanonicalJSON(member.value).bytes
        }
        line(String(decoding: text + [UInt8(ascii: "}")], as: UTF8.self))
    }

    /// Columns aligned by what a terminal shows; the last one is not padded.
    static func table(_ header: [String], _ rows: [[String]]) {
        let all = [header] + rows.map { $0.map(printable) }
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        for row in all {
            let cells = row.enumerated().map { index, cell in
                index == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[index] - cell.count)
            }
            line(cells.joined(separator: "  "))
        }
    }

    /// What a directory holds must not steer a terminal.
    static func printable(_ text: String) -> String {
        String(
            text.map {
                $0.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) } ? "\u{FFFD}" : $0
            })
    }

    static func time(_ milliseconds: Int64?, zone: String? = nil) -> String {
        guard let milliseconds else { return "" }
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        guard let zone, let zone = TimeZone(identifier: zone) else { return date.formatted(.iso8601) }
        return date.formatted(
            Date.ISO8601FormatStyle(timeZone: zone).year().month().day().time(includingFractionalSeconds: false)
                .timeZone(separator: .colon))
    }

    static func json(time milliseconds: Int64?) -> JSONValue {
        milliseconds.map { .string(time($0)) } ?? .null
    }
}

extension JSONValue {
    init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }
    init(_ number: Int64?) { self = number.map { .number(String($0)) } ?? .null }
}
