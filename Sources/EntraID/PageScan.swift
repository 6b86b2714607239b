package import ContactSync

/// Where the users and the links of a page stand, found in one pass over its bytes.
package struct PageScan: Sendable {
    /// Nil where there is no array `value`.
    package private(set) var objects: [Range<Int>]?
    /// How many elements of `value` are no objects.
    package private(set) var strays = 0
    /// `@odata.nextLink`, escapes resolved.
    package private(set) var nextLink: String?
    /// `@odata.deltaLink`, escapes resolved.
    package private(set) var deltaLink: String?
    /// `@odata.count`, which only a first page has.
    package private(set) var count: Int?

    /// - Throws: Where the bytes are not one JSON object, whatever stands in `value`.
    package init(_ bytes: Span<UInt8>) throws(JSONError) {
        var at = 0
        try PageScan.expect("{", bytes, &at)
        if !PageScan.take("}", bytes, &at) {
            repeat { try member(bytes, &at) } while PageScan.take(",", bytes, &at)
            try PageScan.expect("}", bytes, &at)
        }
        JSONScan.skipWhitespace(bytes, &at)
        guard at == bytes.count else { throw JSONError(offset: at, expected: "the end") }
    }

    private mutating func member(_ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) {
        JSONScan.skipWhitespace(bytes, &at)
        let key = JSONText.string(bytes, try JSONScan.string(bytes, &at))
        try PageScan.expect(":", bytes, &at)
        switch key {
        case "value":
            JSONScan.skipWhitespace(bytes, &at)
            var found: [Range<Int>] = []
            found.reserveCapacity(1_000)
            try JSONScan.array(bytes, &at, depth: 1) { (element) throws(JSONError) in
                if bytes[element.lowerBound] == UInt8(ascii: "{") { found.append(element) } else { strays += 1 }
            }
            objects = found
        case "@odata.nextLink": nextLink = try PageScan.link(bytes, &at)
        case "@odata.deltaLink": deltaLink = try PageScan.link(bytes, &at)
        case "@odata.count":
            let number = try JSONScan.value(bytes, &at, depth: 1)
            count = Int(JSONText.string(bytes, number))
        default: _ = try JSONScan.value(bytes, &at, depth: 1)
        }
    }

    private static func link(_ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) -> String? {
        let value = try JSONScan.value(bytes, &at, depth: 1)
        if bytes[value.lowerBound] == UInt8(ascii: "n") { return nil }
        guard bytes[value.lowerBound] == UInt8(ascii: "\"") else {
            throw JSONError(offset: value.lowerBound, expected: "a link")
        }
        return JSONText.string(bytes, (value.lowerBound + 1)..<(value.upperBound - 1))
    }

    private static func take(_ character: Unicode.Scalar, _ bytes: Span<UInt8>, _ at: inout Int) -> Bool {
        JSONScan.skipWhitespace(bytes, &at)
        guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private static func expect(
        _ character: Unicode.Scalar, _ bytes: Span<UInt8>, _ at: inout Int
    ) throws(JSONError) {
        guard take(character, bytes, &at) else { throw JSONError(offset: at, expected: "'\(character)'") }
    }
}
