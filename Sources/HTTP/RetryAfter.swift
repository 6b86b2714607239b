/// How long a server asks us to wait.
package enum RetryAfter {
    /// Reads a `Retry-After` header: decimal seconds (Graph sends fractions) or an HTTP date.
    ///
    /// - Parameters:
    ///   - date: The response's `Date` header; a date in `value` counts from it, so that our clock may be wrong.
    ///   - now: Seconds since 1970, used where there is no usable `Date`.
    /// - Returns: Zero for a moment that has passed, nil for what is neither seconds nor a date.
    package static func parse(_ value: String, date: String?, now: Int64) -> Duration? {
        let value = String(value.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        if let seconds = decimal(value) { return seconds }
        guard let until = HTTPDate.seconds(value) else { return nil }
        let from = date.flatMap(HTTPDate.seconds) ?? now
        return .seconds(max(0, until - from))
    }

    private static func decimal(_ text: String) -> Duration? {
        guard text.utf8.first.map({ $0 &- UInt8(ascii: "0") < 10 }) == true,
            text.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 || $0 == UInt8(ascii: ".") }),
            let seconds = Double(text)
        else { return nil }
        // Ten years stand for "far too long"; `Duration` traps on numbers that do not fit.
        return .milliseconds(Int64(min(seconds, 315_360_000) * 1_000))
    }
}
