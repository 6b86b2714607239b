/// RFC 2045 section 6.7: a text in ASCII lines of at most 76 characters, whatever it holds and however long its lines are.
enum QuotedPrintable {
    static func encode(_ text: String) -> String {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return lines.map { folded(units(of: $0)) }.joined(separator: "\r\n")
    }

    /// What may not be torn apart: letters as they are, and bytes as `=XX`.
    private static func units(of line: Substring) -> [String] {
        let bytes = Array(line.utf8)
        return bytes.enumerated().map { index, byte in
            let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
            // Blanks at the end of a line get lost on the way.
            if isBlank, index < bytes.count - 1 { return String(UnicodeScalar(byte)) }
            let isPlain = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
            return isPlain ? String(UnicodeScalar(byte)) : "=" + Hex.upper(byte)
        }
    }

    private static func folded(_ units: [String]) -> String {
        var (result, width) = ("", 0)
        for (index, unit) in units.enumerated() {
            let room = index == units.count - 1 ? 76 : 75
            if width + unit.utf8.count > room {
                result += "=\r\n"
                width = 0
            }
            result += unit
            width += unit.utf8.count
        }
        return result
    }
}

enum Hex {
    static func upper(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.utf8.count < 2 ? "0" + digits : digits
    }
}
