/// A JSON value, for everything that is not on the hot path.
package enum JSONValue: Sendable {
    case null
    case bool(Bool)
    /// As written: no floating point takes part in decisions.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// Members in the order in which they were written; a repeated key counts with its last value.
    case object([(key: String, value: JSONValue)])

    package init(parsing bytes: Span<UInt8>) throws(JSONError) {
        let range = try JSONScan.document(bytes)
        self.init(scanned: bytes, range)
    }

    package init(parsing text: [UInt8]) throws(JSONError) {
        try self.init(parsing: text.span)
    }

    /// Builds the value at a range that a scan has validated.
    package init(scanned bytes: Span<UInt8>, _ range: Range<Int>) {
        var at = range.lowerBound
        switch bytes[at] {
        case UInt8(ascii: "\""):
            self = .string(JSONText.string(bytes, (at + 1)..<(range.upperBound - 1)))
        case UInt8(ascii: "{"):
            var members: [(key: String, value: JSONValue)] = []
            try? JSONScan.object(bytes, &at) { key, value in
                members.append((JSONText.string(bytes, key), JSONValue(scanned: bytes, value)))
            }
            self = .object(members)
        case UInt8(ascii: "["):
            var elements: [JSONValue] = []
            try? JSONScan.array(bytes, &at) { elements.append(JSONValue(scanned: bytes, $0)) }
            self = .array(elements)
        case UInt8(ascii: "t"): self = .bool(true)
        case UInt8(ascii: "f"): self = .bool(false)
        case UInt8(ascii: "n"): self = .null
        default: self = .number(JSONText.string(bytes, range))
        }
    }

    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    package var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    package var integer: Int64? {
        guard case .number(let value) = self else { return nil }
        return Int64(value)
    }

    package var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    package var array: [JSONValue]? {
        guard case .array(let value) = self else { return nil }
        return value
    }

    package var members: [(key: String, value: JSONValue)]? {
        guard case .object(let value) = self else { return nil }
        return value
    }
}

extension JSONValue: Equatable {
    /// Members compare without regard to their order, as JSON means it.
    package static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)):
            a.count == b.count && a.allSatisfy { right[$0.key] == $0.value }
                && b.allSatisfy { left[$0.key] == $0.value }
        default: false
        }
    }
}
