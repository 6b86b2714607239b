import HTTP
import Testing

struct RetryStateTests {
    private func first(_ outcome: RetryState.Outcome, jitter: Double = 1) -> RetryState.Action {
        var state = RetryState(RetryPolicy())
        return state.evolve(outcome, jitter: jitter, now: 784_111_777)
    }

    @Test(arguments: [500, 502, 503, 504, 509])
    func `passing trouble of a server is tried again`(status: Int) {
        #expect(first(.status(status)) == .retry(after: .milliseconds(500), reason: .unavailable(status: status)))
    }

    @Test(arguments: [200, 302, 400, 401, 403, 404, 410, 501])
    func `no other status is tried again`(status: Int) {
        #expect(first(.status(status)) == .giveUp(reason: .pointless))
        #expect(!RetryPolicy.retriedStatuses.contains(status))
    }

    @Test(arguments: [
        ("12", 12_000), ("2.128", 2_128), ("Sun, 06 Nov 1994 08:49:47 GMT", 10_000), ("0", 500), ("soon", 500),
        ("Sun, 06 Nov 1994 08:49:27 GMT", 500), ("-3", 500), ("600", 600_000),
    ])
    func `a throttled request waits as long as it is asked to`(retryAfter: String, milliseconds: Int) {
        let action = first(.status(429, retryAfter: retryAfter))
        #expect(action == .retry(after: .milliseconds(milliseconds), reason: .throttled))
    }

    @Test func `a wait of over ten minutes is not waited for`() {
        #expect(first(.status(429, retryAfter: "900")) == .giveUp(reason: .waitTooLong(.seconds(900))))
    }

    @Test func `waits double up to a minute and end after eight attempts`() {
        var state = RetryState(RetryPolicy())
        let actions = (1...8).map { _ in state.evolve(.failure(.truncated), jitter: 1, now: 0) }
        let waits = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000]
        #expect(
            actions == waits.map { .retry(after: .milliseconds($0), reason: .connection) }
                + [.giveUp(reason: .attemptsUsedUp(8))])
        #expect(RetryPolicy().backoff(afterAttempt: 40, jitter: 1) == .seconds(60))
    }

    @Test func `chance takes away at most half of a wait`() {
        #expect(first(.busy(), jitter: 0) == .retry(after: .milliseconds(250), reason: .busy))
    }

    @Test func `a host that cannot be reached is given up sooner`() {
        var state = RetryState(RetryPolicy())
        let actions = (1...4).map { _ in state.evolve(.failure(.unreachable(.dns)), jitter: 1, now: 0) }
        #expect(actions.last == .giveUp(reason: .attemptsUsedUp(4)))
    }

    @Test(arguments: [WebError.Kind.unreachable(.tls), .tooLarge, .notAllowed, .settings])
    func `what cannot pass is not tried again`(kind: WebError.Kind) {
        #expect(first(.failure(kind)) == .giveUp(reason: .pointless))
    }
}
