/// Finds its way through JSON bytes without building values.
///
/// The hot path of a first sync reads a million users; it slices the bytes that Graph sent and decodes only the
/// members that a mapping names. Every function validates what it passes over and leaves `at` behind it.
package enum JSONScan {
    /// Deeper nesting is refused: nothing that Graph sends comes near it, and the scan recurses.
    package static let maximumDepth = 64

    package static func skipWhitespace(_ bytes: Span<UInt8>, _ at: inout Int) {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x0A, 0x0D, 0x09: at += 1
            default: return
            }
        }
    }

    /// Passes over one value with the white space before it, and returns where the value stands.
    package static func value(
        _ bytes: Span<UInt8>, _ at: inout Int, depth: Int = 0
    ) throws(JSONError) -> Range<Int> {
        skipWhitespace(bytes, &at)
        guard at < bytes.count else { throw JSONError(offset: at, expected: "a value") }
        let start = at
        switch bytes[at] {
        case UInt8(ascii: "\""): _ = try string(bytes, &at)
        case UInt8(ascii: "{"): try object(bytes, &at, depth: depth) { _, _ in }
        case UInt8(ascii: "["): try array(bytes, &at, depth: depth) { _ in }
        case UInt8(ascii: "t"): try literal("true", bytes, &at)
        case UInt8(ascii: "f"): try literal("false", bytes, &at)
        case UInt8(ascii: "n"): try literal("null", bytes, &at)
        default: try number(bytes, &at)
        }
        return start..<at
    }

    /// Passes over an object, handing out each member's key (without its quotes, escapes untouched) and value.
    package static func object(
        _ bytes: Span<UInt8>, _ at: inout Int, depth: Int = 0,
        _ member: (_ key: Range<Int>, _ value: Range<Int>) throws(JSONError) -> Void
    ) throws(JSONError) {
        try open(UInt8(ascii: "{"), "an object", bytes, &at, depth: depth)
        if close(UInt8(ascii: "}"), bytes, &at) { return }
        while true {
            skipWhitespace(bytes, &at)
            let key = try string(bytes, &at)
            skipWhitespace(bytes, &at)
            guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { throw JSONError(offset: at, expected: "':'") }
            at += 1
            let value = try value(bytes, &at, depth: depth + 1)
            try member(key, value)
            if try !another(UInt8(ascii: "}"), bytes, &at) { return }
        }
    }

    /// Passes over an array, handing out where each element stands.
    package static func array(
        _ bytes: Span<UInt8>, _ at: inout Int, depth: Int = 0,
        _ element: (_ value: Range<Int>) throws(JSONError) -> Void
    ) throws(JSONError) {
        try open(UInt8(ascii: "["), "an array", bytes, &at, depth: depth)
        if close(UInt8(ascii: "]"), bytes, &at) { return }
        while true {
            let value = try value(bytes, &at, depth: depth + 1)
            try element(value)
            if try !another(UInt8(ascii: "]"), bytes, &at) { return }
        }
    }

    /// A whole document: one value, and nothing but white space behind it.
    package static func document(_ bytes: Span<UInt8>) throws(JSONError) -> Range<Int> {
        var at = 0
        let range = try value(bytes, &at)
        skipWhitespace(bytes, &at)
        guard at == bytes.count else { throw JSONError(offset: at, expected: "the end") }
        return range
    }

    private static func open(
        _ brace: UInt8, _ what: String, _ bytes: Span<UInt8>, _ at: inout Int, depth: Int
    ) throws(JSONError) {
        skipWhitespace(bytes, &at)
        guard at < bytes.count, bytes[at] == brace else { throw JSONError(offset: at, expected: what) }
        guard depth < maximumDepth else {
            throw JSONError(offset: at, expected: "at most \(maximumDepth) levels of nesting")
        }
        at += 1
    }

    private static func close(_ brace: UInt8, _ bytes: Span<UInt8>, _ at: inout Int) -> Bool {
        skipWhitespace(bytes, &at)
        guard at < bytes.count, bytes[at] == brace else { return false }
        at += 1
        return true
    }

    private static func another(_ brace: UInt8, _ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) -> Bool {
        skipWhitespace(bytes, &at)
        guard at < bytes.count else { throw JSONError(offset: at, expected: "',' or a closing bracket") }
        let byte = bytes[at]
        guard byte == UInt8(ascii: ",") || byte == brace else {
            throw JSONError(offset: at, expected: "',' or a closing bracket")
        }
        at += 1
        return byte == UInt8(ascii: ",")
    }
}
