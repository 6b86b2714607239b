/// 500 reads and 300 writes a minute, and then nothing for ten minutes. KB 1148; whether the minute is the clock's or the
/// last sixty seconds is documented nowhere, so it is the stricter of the two.
struct RateLimit: Sendable {
    /// What is limited alone.
    enum Kind: Sendable, Hashable {
        case read, write
    }

    let limits: [Kind: Int]
    let penalty: Duration
    /// Requests that came while everything was refused, the one that exceeded the limit not included.
    private(set) var throttledRequests = 0
    private var recent: [Kind: [Int64]] = [:]
    private var blockedUntil: Int64 = .min

    init(reads: Int, writes: Int, penalty: Duration) {
        limits = [.read: reads, .write: writes]
        self.penalty = penalty
    }

    /// Counts a request; the answer is how long to wait if it is refused.
    mutating func admit(_ kind: Kind, at now: Int64) -> Duration? {
        if now < blockedUntil {
            throttledRequests += 1
            return .milliseconds(blockedUntil - now)
        }
        guard let limit = limits[kind], limit > 0 else { return nil }
        recent[kind] = recent[kind, default: []].filter { $0 > now - 60_000 } + [now]
        guard recent[kind, default: []].count > limit else { return nil }
        recent = [:]
        blockedUntil = now + Int64(penalty / .milliseconds(1))
        return penalty
    }
}
