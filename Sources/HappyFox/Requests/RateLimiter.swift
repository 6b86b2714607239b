/// Stays below HappyFox's limits: 500 GET and 300 POST a minute across the account, and ten minutes of 429 for whoever
/// exceeds them (KB 1148). Pure: time is an argument.
///
/// It counts over every window of a minute, which is right whether HappyFox counts by the clock's minutes or slides.
package struct RateLimiter: Sendable {
    /// What HappyFox allows in a minute.
    package static let allowed: [RequestKind: Int] = [.get: 500, .post: 300]
    /// How long it refuses everything after that, in milliseconds.
    package static let penalty: Int64 = 600_000
    /// How much of the limits is used where nobody says otherwise, in percent: others use the account too.
    package static let usualShare = 80
    /// A second more than a minute: HappyFox counts when a request arrives, which is later than when it leaves.
    static let window: Int64 = 61_000

    private var used: [RequestKind: [Int64]] = [:]
    /// HappyFox refuses everything until then, in milliseconds since 1970.
    package private(set) var blockedUntil: Int64 = 0
    private let share: Int

    /// - Parameter share: Percent of the limits, 1 to 100.
    package init(share: Int = RateLimiter.usualShare) { self.share = min(100, max(1, share)) }

    /// How many requests of a kind a minute may have.
    package func limit(_ kind: RequestKind) -> Int { max(1, (RateLimiter.allowed[kind] ?? 1) * share / 100) }

    package mutating func block(until: Int64) { blockedUntil = max(blockedUntil, until) }

    /// When the next request may leave, in milliseconds since 1970; never before `now`.
    package mutating func earliest(_ kind: RequestKind, at now: Int64) -> Int64 {
        forget(kind, at: now)
        let times = used[kind] ?? []
        let limit = limit(kind)
        let free = times.count < limit ? now : times[times.count - limit] + RateLimiter.window
        return max(now, blockedUntil, free)
    }

    package mutating func use(_ kind: RequestKind, at now: Int64) { used[kind, default: []].append(now) }

    /// How long so many requests take from now, each waiting for the one before, in milliseconds.
    package func duration(gets: Int, posts: Int, latency: Int64, from now: Int64) -> Int64 {
        var copy = self
        var time = now
        for (kind, count) in [(RequestKind.get, gets), (.post, posts)] {
            for _ in 0..<count {
                time = copy.earliest(kind, at: time)
                copy.use(kind, at: time)
                time += latency
            }
        }
        return time - now
    }

    private mutating func forget(_ kind: RequestKind, at now: Int64) {
        let old = used[kind]?.prefix { $0 <= now - RateLimiter.window }.count ?? 0
        if old > 0 { used[kind]?.removeFirst(old) }
    }
}
