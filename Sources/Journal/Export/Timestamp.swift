import FoundationEssentials

/// RFC 3339 in UTC, to the millisecond.
enum Timestamp {
    static func text(_ milliseconds: Int64) -> String {
        let (seconds, rest) = (milliseconds.quotientAndRemainder(dividingBy: 1000))
        let (whole, part) = rest < 0 ? (seconds - 1, rest + 1000) : (seconds, rest)
        let text = Date(timeIntervalSince1970: Double(whole)).formatted(.iso8601)
        let digits = String(1000 + part).dropFirst()
        return "\(text.dropLast()).\(digits)Z"
    }
}
