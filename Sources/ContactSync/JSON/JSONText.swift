/// Text between JSON bytes and Swift strings.
package enum JSONText {
    /// The string whose inside (without quotes) stands at `range`, escapes resolved.
    ///
    /// A lone surrogate becomes U+FFFD: Graph could send one, and a record must not fail for it.
    package static func string(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        var escaped = false
        for index in range where bytes[index] == UInt8(ascii: "\\") {
            escaped = true
            break
        }
        if !escaped { return bytes.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } }
        return unescaped(bytes, range)
    }

    private static func unescaped(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        var utf8: [UInt8] = []
        utf8.reserveCapacity(range.count)
        var at = range.lowerBound
        while at < range.upperBound {
            guard bytes[at] == UInt8(ascii: "\\"), at + 1 < range.upperBound else {
                utf8.append(bytes[at])
                at += 1
                continue
            }
            at += 1
            switch bytes[at] {
            case UInt8(ascii: "b"): utf8.append(0x08)
            case UInt8(ascii: "f"): utf8.append(0x0C)
            case UInt8(ascii: "n"): utf8.append(0x0A)
            case UInt8(ascii: "r"): utf8.append(0x0D)
            case UInt8(ascii: "t"): utf8.append(0x09)
            case UInt8(ascii: "u"):
                utf8.append(contentsOf: String(scalar(bytes, &at, end: range.upperBound)).utf8)
                continue
            default: utf8.append(bytes[at])
            }
            at += 1
        }
        return String(decoding: utf8, as: UTF8.self)
    }

    /// One escape, `u` and four hex digits, at `at`, with its partner where it is a surrogate. Leaves `at` behind it.
    private static func scalar(_ bytes: Span<UInt8>, _ at: inout Int, end: Int) -> Character {
        let first = unit(bytes, at + 1, end: end)
        at += 5
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        if first < 0xDC00, at + 5 < end + 1, at + 1 < end, bytes[at] == UInt8(ascii: "\\"),
            bytes[at + 1] == UInt8(ascii: "u")
        {
            let second = unit(bytes, at + 2, end: end)
            if 0xDC00...0xDFFF ~= second,
                let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
            {
                at += 6
                return Character(scalar)
            }
        }
        return "\u{FFFD}"
    }

    private static func unit(_ bytes: Span<UInt8>, _ at: Int, end: Int) -> UInt32 {
        guard at + 4 <= end else { return 0xD800 }
        return (at..<at + 4).reduce(0) { value, index in value << 4 | (JSONScan.hexValue(bytes[index]) ?? 0) }
    }
}
