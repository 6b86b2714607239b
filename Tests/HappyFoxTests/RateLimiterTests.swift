import Testing

@testable import HappyFox

@Suite struct RateLimiterTests {
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    /// How many requests left in the fullest minute.
    private func fullest(_ times: [Int64]) -> Int {
        var first = 0
        var most = 0
        for (index, time) in times.enumerated() {
            while times[first] <= time - 60_000 { first += 1 }
            most = max(most, index - first + 1)
        }
        return most
    }

    @Test(arguments: 1...12, [1, 50, 80, 100])
    func `no minute has more requests than its share of the limit`(seed: UInt64, share: Int) {
        var dice = Dice(state: seed)
        var limiter = RateLimiter(share: share)
        var now: Int64 = 1_000_000
        var sent: [RequestKind: [Int64]] = [.get: [], .post: []]
        for _ in 0..<2500 {
            // Mostly one right after the other, sometimes after a pause.
            now += Int.random(in: 0..<50, using: &dice) == 0 ? Int64.random(in: 0..<90_000, using: &dice) : 3
            let kind: RequestKind = Bool.random(using: &dice) ? .get : .post
            let time = limiter.earliest(kind, at: now)
            #expect(time >= now)
            limiter.use(kind, at: time)
            sent[kind]?.append(time)
            now = time
        }
        for (kind, times) in sent { #expect(fullest(times) <= limiter.limit(kind)) }
    }

    @Test func `the usual share leaves room for others`() {
        let limiter = RateLimiter()
        #expect(limiter.limit(.get) == 400 && limiter.limit(.post) == 240)
        #expect(RateLimiter(share: 0).limit(.post) == 3 && RateLimiter(share: 500).limit(.get) == 500)
    }

    @Test func `reads and writes are counted apart`() {
        var limiter = RateLimiter(share: 100)
        for _ in 0..<300 { limiter.use(.post, at: 0) }
        #expect(limiter.earliest(.get, at: 0) == 0)
        #expect(limiter.earliest(.post, at: 0) == RateLimiter.window)
        #expect(limiter.earliest(.post, at: RateLimiter.window) == RateLimiter.window)
    }

    @Test func `a penalty holds both back, and the longer one counts`() {
        var limiter = RateLimiter()
        limiter.block(until: 600_000)
        limiter.block(until: 5_000)
        #expect(limiter.earliest(.get, at: 20) == 600_000 && limiter.earliest(.post, at: 20) == 600_000)
        #expect(limiter.earliest(.get, at: 600_001) == 600_001)
    }

    @Test(arguments: [(0, 0), (1, 1), (400, 0), (401, 0), (2000, 700), (0, 241)], [Int64(0), 120, 400])
    func `the projected duration is the one that it takes`(counts: (Int, Int), latency: Int64) {
        var limiter = RateLimiter()
        for time in 0..<100 { limiter.use(.get, at: Int64(time)) }
        let projected = limiter.duration(gets: counts.0, posts: counts.1, latency: latency, from: 1_000)
        var now: Int64 = 1_000
        for (kind, count) in [(RequestKind.get, counts.0), (.post, counts.1)] {
            for _ in 0..<count {
                now = limiter.earliest(kind, at: now)
                limiter.use(kind, at: now)
                now += latency
            }
        }
        #expect(projected == now - 1_000)
    }
}
