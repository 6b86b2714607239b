/// Writes JSON straight into bytes: a page of 999 users goes through here, and an encoder would take most of the server's time.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func raw(_ ready: [UInt8]) {
        bytes.append(contentsOf: ready)
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: raw("null")
        case .bool(let flag): flag ? raw("true") : raw("false")
        case .integer(let number): raw(Array(String(number).utf8))
        case .number(let number): number.isFinite ? raw(Array(String(number).utf8)) : raw("null")
        case .string(let text): write(text)
        case .array(let elements): list(elements, open: "[", close: "]") { $0.write($1) }
        case .object(let members):
            list(members, open: "{", close: "}") { writer, member in
                writer.write(member.name)
                writer.raw(":")
                writer.write(member.value)
            }
        }
    }

    /// `"name":value`, with a comma unless it is the first member.
    mutating func member(_ name: String, _ value: JSONValue, isFirst: Bool = false) {
        if !isFirst { raw(",") }
        write(name)
        raw(":")
        write(value)
    }

    mutating func write(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { utf8 in
            if utf8.contains(where: Self.needsEscape) {
                for byte in utf8 { escape(byte) }
            } else {
                bytes.append(contentsOf: utf8)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func list<Element>(
        _ elements: [Element],
        open: StaticString,
        close: StaticString,
        _ write: (inout JSONWriter, Element) -> Void
    ) {
        raw(open)
        for (place, element) in elements.enumerated() {
            if place > 0 { raw(",") }
            write(&self, element)
        }
        raw(close)
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): raw("\\\"")
        case UInt8(ascii: "\\"): raw("\\\\")
        case 0..<0x20:
            raw("\\u00")
            bytes.append(Hex.lower(byte >> 4))
            bytes.append(Hex.lower(byte & 15))
        default: bytes.append(byte)
        }
    }
}
