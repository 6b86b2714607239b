/// When to try again, and how long to wait before it.
package struct RetryPolicy: Sendable {
    /// Attempts altogether, the first one included.
    package var attempts = 8
    /// Attempts where no connection came about at all: a wrong host name should be reported soon.
    package var attemptsWithoutConnection = 4
    /// Attempts where the body came whole and is not what it should be: what is wrong with it mostly stays wrong.
    package var attemptsOnContent = 4
    /// The first wait without a `Retry-After`; each further one doubles.
    package var base: Duration = .milliseconds(500)
    /// The longest wait that we choose ourselves.
    package var cap: Duration = .seconds(60)
    /// The longest wait that a server may ask for.
    package var longestRetryAfter: Duration = .seconds(600)
    /// Which answers are tried again.
    package var statuses = RetryPolicy.retriedStatuses

    /// The policy of an unattended run; change what does not fit.
    package init() {}

    /// One attempt, and its answer whatever it is: for requests that change something when they are sent twice.
    package static var single: RetryPolicy {
        var policy = RetryPolicy()
        policy.attempts = 1
        policy.statuses = []
        return policy
    }

    /// Statuses that announce passing trouble: throttling, overload, a gateway's failure, a bandwidth cap (509).
    package static let retriedStatuses: Set<Int> = [429, 500, 502, 503, 504, 509]

    /// Between half and all of `base * 2^(attempt - 1)`, so that many clients do not come back at the same moment.
    ///
    /// - Parameter jitter: A random fraction in 0...1.
    package func backoff(afterAttempt attempt: Int, jitter: Double) -> Duration {
        let doublings = min(max(attempt - 1, 0), 20)
        return min(cap, base * (1 << doublings)) * (0.5 + 0.5 * min(max(jitter, 0), 1))
    }
}
