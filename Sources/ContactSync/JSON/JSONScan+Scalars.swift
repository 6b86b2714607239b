extension JSONScan {
    /// Passes over a string and returns what stands between its quotes, escapes untouched.
    package static func string(_ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) -> Range<Int> {
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
            throw JSONError(offset: at, expected: "a string")
        }
        at += 1
        let start = at
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                at += 1
                return start..<(at - 1)
            }
            if byte == UInt8(ascii: "\\") {
                try escape(bytes, &at)
            } else if byte < 0x20 {
                throw JSONError(offset: at, expected: "no control character in a string")
            } else {
                at += 1
            }
        }
        throw JSONError(offset: at, expected: "the end of a string")
    }

    private static func escape(_ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) {
        guard at + 1 < bytes.count else { throw JSONError(offset: at, expected: "an escape") }
        switch bytes[at + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            at += 2
        case UInt8(ascii: "u"):
            guard at + 5 < bytes.count else { throw JSONError(offset: at, expected: "four hex digits") }
            for index in (at + 2)...(at + 5) where hexValue(bytes[index]) == nil {
                throw JSONError(offset: index, expected: "a hex digit")
            }
            at += 6
        default:
            throw JSONError(offset: at + 1, expected: "an escape")
        }
    }

    static func number(_ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) {
        if at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
        if at < bytes.count, bytes[at] == UInt8(ascii: "0") {
            at += 1
        } else {
            try digits(bytes, &at)
        }
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            at += 1
            try digits(bytes, &at)
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
            try digits(bytes, &at)
        }
    }

    private static func digits(_ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) {
        let start = at
        while at < bytes.count, bytes[at] &- UInt8(ascii: "0") < 10 { at += 1 }
        guard at > start else { throw JSONError(offset: at, expected: "a value") }
    }

    static func literal(_ word: StaticString, _ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) {
        for index in 0..<word.utf8CodeUnitCount {
            guard at < bytes.count, bytes[at] == word.utf8Start[index] else {
                throw JSONError(offset: at, expected: "\(word)")
            }
            at += 1
        }
    }

    static func hexValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
