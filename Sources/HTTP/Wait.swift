/// A pause before the next attempt, for those who show progress.
package struct Wait: Sendable, CustomStringConvertible {
    /// `WebRequest.service`.
    package let service: String
    /// Why the last attempt does not count.
    package let reason: RetryState.Reason
    /// How long the pause is.
    package let duration: Duration
    /// The attempt that failed, counted from 1.
    package let attempt: Int

    /// Made by `WebClient` before it sleeps.
    package init(service: String, reason: RetryState.Reason, duration: Duration, attempt: Int) {
        self.service = service
        self.reason = reason
        self.duration = duration
        self.attempt = attempt
    }

    /// Such as "throttled by graph, waiting 12 s".
    package var description: String { "\(cause), waiting \(duration.inWords)" }

    private var cause: String {
        switch reason {
        case .throttled: "throttled by \(service)"
        case .unavailable(let status): "\(service) answered \(status)"
        case .busy: "\(service) is busy"
        case .connection: "lost the connection to \(service)"
        }
    }
}

extension Duration {
    /// Such as "0.4 s", "12 s", "15 min", "3 h 20 min", "4 days": rounded, for people.
    package var inWords: String {
        let milliseconds = components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
        if milliseconds < 9_950 {
            let tenths = (milliseconds + 50) / 100
            return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
        }
        let seconds = (milliseconds + 500) / 1_000
        if seconds < 120 { return "\(seconds) s" }
        let minutes = (seconds + 30) / 60
        if minutes < 120 { return "\(minutes) min" }
        if minutes < 48 * 60 { return "\(minutes / 60) h" + (minutes % 60 == 0 ? "" : " \(minutes % 60) min") }
        return "\((minutes + 12 * 60) / (24 * 60)) days"
    }
}
