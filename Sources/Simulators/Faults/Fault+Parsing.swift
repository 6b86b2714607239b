extension Fault {
    /// Why a text is no fault; the description is made for the person who typed it.
    package struct ParsingError: Error, CustomStringConvertible {
        /// One line, lower case.
        package let description: String
    }

    /// Reads `throttle:every=5,retry-after=0.2`, `drop:at=3`, `truncate:at=2+7`, `unavailable:scope=token,from=1`.
    package init(parsing text: String) throws {
        let halves = text.split(separator: ":", maxSplits: 1)
        guard let word = halves.first, let kind = Kind(rawValue: String(word)) else {
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ParsingError(description: "'\(text)' names no fault; there are \(known)")
        }
        self.init(kind)
        for option in (halves.count > 1 ? halves[1] : "").split(separator: ",") {
            let pair = option.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2 else { throw ParsingError(description: "'\(option)' is not name=value") }
            try set(pair[0], pair[1])
        }
    }

    private mutating func set(_ name: String, _ value: String) throws {
        switch name {
        case "at": at = try value.split(separator: "+").map { try Self.count(String($0), name) }
        case "every": every = try Self.count(value, name)
        case "from": from = try Self.count(value, name)
        case "retry-after": retryAfter = value
        case "scope": scope = try Self.known(Scope(rawValue: value), value, "data or token")
        case "seconds":
            seconds = try Self.known(
                Double(value).flatMap { $0 >= 0 && $0 < 3600 ? $0 : nil }, value, "seconds below 3600")
        case "after": after = try Self.known(value == "head" ? value : nil, value, "head")
        default: throw ParsingError(description: "a fault has no option '\(name)'")
        }
    }

    private static func count(_ text: String, _ name: String) throws -> Int {
        try known(Int(text).flatMap { $0 > 0 ? $0 : nil }, text, "a number from 1 for \(name)")
    }

    private static func known<Value>(_ value: Value?, _ text: String, _ wanted: String) throws -> Value {
        guard let value else { throw ParsingError(description: "'\(text)' is not \(wanted)") }
        return value
    }
}
