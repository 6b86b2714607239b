/// The value of a contact's custom field.
package enum FieldValue: Equatable, Sendable {
    /// Also a dropdown's choice, by its text.
    case text(String)
    /// In canonical decimal spelling, see `Decimal`.
    case number(String)

    package var shown: String {
        switch self {
        case .text(let text): text
        case .number(let text): text
        }
    }

    package var json: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .number(let text): .number(text)
        }
    }

    package init?(_ json: JSONValue) {
        switch json {
        case .string(let text): self = .text(text)
        case .number(let text): self = .number(text)
        case .null, .bool, .array, .object: return nil
        }
    }
}

/// Decimal numbers as a number field takes them: an integer or up to two decimals (HappyFox, KB 1092).
package enum DecimalText {
    /// The canonical spelling, or nil where the text is not exactly such a number: `007`, `+5`, `1e3`, `5 ` are texts.
    package static func canonical(_ text: String) -> String? {
        var digits = Substring(text)
        let isNegative = digits.first == "-"
        if isNegative { digits.removeFirst() }
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, isDigits(whole), whole.count <= 15, whole == "0" || whole.first != "0" else {
            return nil
        }
        var fraction = parts.count == 2 ? parts[1] : ""
        if parts.count == 2 { guard isDigits(fraction), fraction.count <= 2 else { return nil } }
        while fraction.last == "0" { fraction.removeLast() }
        let value = fraction.isEmpty ? String(whole) : "\(whole).\(fraction)"
        return isNegative && value != "0" ? "-" + value : value
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
