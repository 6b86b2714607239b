extension Fault {
    /// Why a text is no fault; the description is made for the person who typed it.
    package struct ParsingError: Error, CustomStringConvertible {
        /// One line, lower case.
        package let description: String
    }

    /// Reads `throttle:every=5,retry-after=0.2`, `drop:at=3`, `truncate:at=2+7`, `unavailable:scope=token,from=1`.
    package init(parsing text: String, among kinds: [Kind] = Kind.allCases) throws {
        let halves = text.split(separator: ":", maxSplits: 1)
        guard let word = halves.first, let kind = Kind(rawValue: String(word)), kinds.contains(kind) else {
            let known = kinds.map(\.rawValue).joined(separator: ", ")
            throw ParsingError(description: "'\(text)' names no fault; there are \(known)")
        }
        self.init(kind)
        for option in (halves.count > 1 ? halves[1] : "").split(separator: ",") {
            let pair = option.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2 else { throw ParsingError(description: "'\(option)' is not name=value") }
            try set(pair[0], pair[1])
        }
        if when != nil, ![.slow, .throttle, .unavailable, .gatewayTimeout, .html].contains(kind) {
            throw ParsingError(description: "'\(kind.rawValue)' has no option 'when'")
        }
        if kind == .aadsts, code == nil { throw ParsingError(description: "aadsts needs a number: aadsts:code=700016") }
    }

    private mutating func set(_ name: String, _ value: String) throws {
        switch name {
        case "at": at = try value.split(separator: "+").map { try Self.count(String($0), name) }
        case "every": every = try Self.count(value, name)
        case "from": from = try Self.count(value, name)
        case "retry-after": retryAfter = value
        case "scope":
            let known = Scope.allCases.map(\.rawValue).joined(separator: ", ")
            scope = try Self.known(Scope(rawValue: value), value, "one of \(known)")
        case "seconds": seconds = try secondsValue(value)
        case "status":
            status = try statusValue(value)
        case "code": code = try Self.count(value, name)
        case "what":
            what = try Self.known(
                Self.flaws.contains(value) ? value : nil, value, "one of " + Self.flaws.joined(separator: ", "))
        case "when": when = try Self.known(When(rawValue: value), value, "before or after")
        case "after": after = try Self.known(value == "head" ? value : nil, value, "head")
        default: throw ParsingError(description: "a fault has no option '\(name)'")
        }
    }

    private static let flaws = ["iss", "aud", "exp", "nbf", "nonce", "tid", "kid", "signature"]

    private func statusValue(_ text: String) throws -> Int {
        let isHTML = kind == .html
        let status = Int(text).flatMap { (isHTML ? Array(500...599) : [400, 404, 410]).contains($0) ? $0 : nil }
        return try Self.known(status, text, isHTML ? "from 500 to 599" : "400, 404 or 410")
    }

    /// Only a clock can be behind.
    private func secondsValue(_ text: String) throws -> Double {
        let lowest = kind == .clockSkew ? -86_400.0 : 0
        let highest = kind == .clockSkew ? 86_400.0 : 3600
        let seconds = Double(text).flatMap { $0 >= lowest && $0 < highest ? $0 : nil }
        return try Self.known(seconds, text, "seconds from \(Int(lowest)) to below \(Int(highest))")
    }

    private static func count(_ text: String, _ name: String) throws -> Int {
        try known(Int(text).flatMap { $0 > 0 ? $0 : nil }, text, "a number from 1 for \(name)")
    }

    private static func known<Value>(_ value: Value?, _ text: String, _ wanted: String) throws -> Value {
        guard let value else { throw ParsingError(description: "'\(text)' is not \(wanted)") }
        return value
    }
}
