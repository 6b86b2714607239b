/// Follows one request through its failed attempts and says after each what to do. Pure: time and chance are arguments.
package struct RetryState: Sendable {
    /// What came of an attempt that brought nothing usable.
    package enum Outcome: Sendable {
        /// A status of `RetryPolicy.statuses`, with these headers as they were sent.
        case status(Int, retryAfter: String? = nil, date: String? = nil)
        /// The response came whole, but its body says that the trouble will pass.
        case busy(retryAfter: String? = nil, date: String? = nil)
        case failure(WebError.Kind)
    }

    /// What the shell does next.
    package enum Action: Sendable, Equatable {
        case retry(after: Duration, reason: Reason)
        case giveUp(reason: GiveUp)
    }

    /// Why another attempt is made, for those who show it.
    package enum Reason: Sendable, Equatable {
        case throttled
        case unavailable(status: Int)
        case busy
        case connection
    }

    /// Why no other attempt is made.
    package enum GiveUp: Sendable, Equatable {
        /// Trying again cannot help (an untrusted certificate, a body over the limit).
        case pointless
        case attemptsUsedUp(Int)
        /// The server asks for more patience than the policy has.
        case waitTooLong(Duration)
    }

    /// How many attempts failed.
    package private(set) var attempts = 0
    private let policy: RetryPolicy

    /// Before the first attempt.
    package init(_ policy: RetryPolicy) {
        self.policy = policy
    }

    /// - Parameters:
    ///   - jitter: A random fraction in 0...1.
    ///   - now: Seconds since 1970.
    package mutating func evolve(_ outcome: Outcome, jitter: Double, now: Int64) -> Action {
        attempts += 1
        switch outcome {
        case .status(let status, let retryAfter, let date):
            guard policy.statuses.contains(status) else { return .giveUp(reason: .pointless) }
            let reason: Reason = status == 429 ? .throttled : .unavailable(status: status)
            return wait(reason, asked(retryAfter, date, now), jitter)
        case .busy(let retryAfter, let date):
            return wait(.busy, asked(retryAfter, date, now), jitter)
        case .failure(let kind):
            guard kind.mayPass else { return .giveUp(reason: .pointless) }
            switch kind {
            case .unreachable where attempts >= policy.attemptsWithoutConnection,
                .notJSON where attempts >= policy.attemptsOnContent:
                return .giveUp(reason: .attemptsUsedUp(attempts))
            default: break
            }
            return wait(.connection, nil, jitter)
        }
    }

    private func asked(_ retryAfter: String?, _ date: String?, _ now: Int64) -> Duration? {
        retryAfter.flatMap { RetryAfter.parse($0, date: date, now: now) }
    }

    private func wait(_ reason: Reason, _ asked: Duration?, _ jitter: Double) -> Action {
        if let asked, asked > policy.longestRetryAfter { return .giveUp(reason: .waitTooLong(asked)) }
        if attempts >= policy.attempts { return .giveUp(reason: .attemptsUsedUp(attempts)) }
        // A wait of zero would spend all attempts at once, so then we choose.
        if let asked, asked > .zero { return .retry(after: asked, reason: reason) }
        return .retry(after: policy.backoff(afterAttempt: attempts, jitter: jitter), reason: reason)
    }
}
