/// What a mapped Entra property holds for one user.
package enum PropertyValue: Equatable, Sendable {
    /// Null, left out, or text of nothing but white space.
    case empty
    case text(String)
    case boolean(Bool)
    /// As Graph wrote it.
    case number(String)
    /// A collection or an object: fits no contact field. The JSON, shortened, for the reason.
    case composite(kind: String, json: String)

    package init(_ value: JSONValue?) {
        switch value {
        case nil, .null?: self = .empty
        case .string(let text)?: self = PropertyValue.isBlank(text) ? .empty : .text(text)
        case .bool(let value)?: self = .boolean(value)
        case .number(let text)?: self = .number(text)
        case .array(let elements)?:
            self = elements.isEmpty ? .empty : PropertyValue.composite("collection", .array(elements))
        case .object(let members)?: self = PropertyValue.composite("object", .object(members))
        }
    }

    /// The same without building a value where it is a string, as it mostly is.
    init(scanned bytes: Span<UInt8>, _ range: Range<Int>) {
        if bytes[range.lowerBound] == UInt8(ascii: "\"") {
            let text = JSONText.string(bytes, (range.lowerBound + 1)..<(range.upperBound - 1))
            self = PropertyValue.isBlank(text) ? .empty : .text(text)
        } else {
            self.init(JSONValue(scanned: bytes, range))
        }
    }

    /// What the value is called in a reason.
    package var typeName: String {
        switch self {
        case .empty: "nothing"
        case .text: "text"
        case .boolean: "boolean"
        case .number: "number"
        case .composite(let kind, _): kind
        }
    }

    /// The value in a reason, cut to a length that a table can carry.
    package var shown: String {
        switch self {
        case .empty: ""
        case .text(let text): PropertyValue.shortened(text)
        case .boolean(let value): value ? "true" : "false"
        case .number(let text): PropertyValue.shortened(text)
        case .composite(_, let json): json
        }
    }

    static func isBlank(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 <= 0x20 } || text.allSatisfy(\.isWhitespace)
    }

    private static func composite(_ kind: String, _ value: JSONValue) -> PropertyValue {
        .composite(kind: kind, json: shortened(String(decoding: CanonicalJSON(value).bytes, as: UTF8.self)))
    }

    private static func shortened(_ text: String) -> String {
        text.count <= 80 ? text : text.prefix(79) + "…"
    }
}
