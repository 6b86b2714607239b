import ContactSync
import HappyFox
import Projections

/// Lets requests through as the limits allow. What may have been used of them is in the journal before it is used, so that
/// the limits hold across a crash.
final class RequestBudget {
    /// One event reserves so many reads at most, which then need not be recorded one by one; a sync that asks little
    /// begins with little.
    private static let largestBlock = 20
    private static let firstBlock = 2
    /// What is left of a block after that is let go, in milliseconds: a successor takes all of it as used by then.
    private static let blockLife: Int64 = 10_000
    /// A help desk that asks for more patience is not waited for.
    private static let longestWait: Int64 = 900_000

    private var limiter: RateLimiter
    private var reserved: [RequestKind: (count: Int, at: Int64)] = [:]
    private var nextBlock = RequestBudget.firstBlock
    private var waited: Int64 = 0
    private var measured: (requests: Int64, milliseconds: Int64) = (0, 0)
    /// The sync that asks, once it has a number.
    var sync: Int64?
    private let record: (_ event: Event, _ sync: Int64?) throws -> Void
    private let connection: HelpDeskConnection
    private let now: () -> Int64

    init(
        state: HelpDeskState, recent: [(at: Int64, gets: Int, posts: Int)], connection: HelpDeskConnection,
        now: @escaping () -> Int64, record: @escaping (_ event: Event, _ sync: Int64?) throws -> Void
    ) {
        limiter = RateLimiter(share: state.desk.requestShare ?? RateLimiter.usualShare)
        self.connection = connection
        self.now = now
        self.record = record
        let time = now()
        for block in recent {
            let at = min(time, block.at + RequestBudget.blockLife)
            for _ in 0..<block.gets { limiter.use(.get, at: at) }
            for _ in 0..<block.posts { limiter.use(.post, at: at) }
        }
        // A clock that was wrong when that was recorded must not keep us waiting for days.
        if let until = state.throttledUntil, until > time {
            limiter.block(until: min(until, time + RequestBudget.longestWait))
        }
    }

    var gate: RequestGate {
        RequestGate(
            pass: { try await self.pass($0) }, throttled: { try await self.throttled($0) }, sleep: connection.sleep)
    }

    /// How long a request takes that need not wait, in milliseconds; zero before the first one.
    var latency: Int64 { measured.requests == 0 ? 0 : measured.milliseconds / measured.requests }

    /// How long so many requests will take from now, in milliseconds.
    func projection(gets: Int, posts: Int) -> Int64 {
        limiter.duration(gets: gets, posts: posts, latency: latency, from: now())
    }

    /// Takes the time of one request.
    func timed<T>(_ body: () async throws -> T) async throws -> T {
        let (began, waitedBefore) = (now(), waited)
        let result = try await body()
        measured.requests += 1
        measured.milliseconds += max(0, now() - began - (waited - waitedBefore))
        return result
    }

    private func pass(_ kind: RequestKind) async throws {
        let time = try await wait(for: kind)
        try reserve(kind, at: time)
        limiter.use(kind, at: time)
    }

    @discardableResult
    private func wait(for kind: RequestKind) async throws -> Int64 {
        try Task.checkCancellation()
        var time = now()
        while case let at = limiter.earliest(kind, at: time), at > time {
            let isRefused = limiter.blockedUntil >= at
            let reason: HelpDeskWait.Reason =
                isRefused ? .refused : .limit(kind, perMinute: limiter.limit(kind))
            connection.progress(.waiting(HelpDeskWait(reason: reason, until: at)))
            try await connection.sleep(.milliseconds(at - time))
            waited += at - time
            time = now()
        }
        return time
    }

    /// Waits until a request of a kind could leave: what is looked at after that is still true when it does.
    func ready(for kind: RequestKind) async throws {
        try await wait(for: kind)
    }

    private func reserve(_ kind: RequestKind, at time: Int64) throws {
        var block = reserved[kind] ?? (0, 0)
        if block.count == 0 || time - block.at >= RequestBudget.blockLife {
            block = (kind == .get ? min(nextBlock, limiter.limit(.get)) : 1, time)
            if kind == .get { nextBlock = min(nextBlock * 2, RequestBudget.largestBlock) }
            try record(
                .requestsReserved(.init(gets: kind == .get ? block.count : 0, posts: kind == .post ? 1 : 0)), sync)
        }
        block.count -= 1
        reserved[kind] = block
    }

    private func throttled(_ asked: Duration?) async throws {
        let time = now()
        let wait = asked.map { max(1000, $0.components.seconds * 1000 + 1000) } ?? RateLimiter.penalty
        try record(.helpDeskThrottled(.init(until: time + wait)), sync)
        guard wait <= RequestBudget.longestWait else {
            throw HappyFoxError(
                .unavailable, "happyfox asks to wait \(wait / 60_000) minutes", hints: ["try again then"])
        }
        limiter.block(until: time + wait)
    }
}
