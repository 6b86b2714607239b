import Simulators
import Synchronization
import Testing

/// Time that only a test moves.
final class VirtualClock: Sendable {
    private let milliseconds = Atomic<Int64>(1_000_000)

    var now: Int64 { milliseconds.load(ordering: .relaxed) }

    func advance(_ duration: Duration) {
        milliseconds.add(Int64(duration / .milliseconds(1)), ordering: .relaxed)
    }
}

@Suite struct RateLimitTests {
    func desk(
        _ clock: VirtualClock, retryAfter: Bool = false, step: Duration = .zero,
        _ body: (RunningHappyFox, DeskClient) async throws -> Void
    ) async throws {
        let configuration = HappyFoxSimulator.Configuration {
            $0.readsPerMinute = 5
            $0.writesPerMinute = 3
            $0.behaviour.sendsRetryAfter = retryAfter
            $0.now = { clock.now }
            $0.onRequest = { clock.advance(step) }
        }
        try await HappyFoxSimulator.with(configuration) { try await body($0, DeskClient($0)) }
    }

    @Test func `the limits of the documentation are the default`() {
        let configuration = HappyFoxSimulator.Configuration()
        #expect(configuration.readsPerMinute == 500 && configuration.writesPerMinute == 300)
        #expect(configuration.penalty == .seconds(600))
    }

    @Test func `one request too many shuts everything for ten minutes`() async throws {
        let clock = VirtualClock()
        try await desk(clock) { desk, client in
            for _ in 0..<5 { #expect(try await client.get("staff/").status == 200) }
            #expect(try await client.get("staff/").status == 429)
            #expect(desk.throttledRequests == 0)
            clock.advance(.seconds(599))
            #expect(try await client.get("staff/").status == 429)
            let written = try await client.post("users/", ["name": "A", "email": "a@b.example"])
            #expect(written.status == 429 && desk.contacts.isEmpty)
            #expect(desk.throttledRequests == 2)
            clock.advance(.seconds(1))
            #expect(try await client.get("staff/").status == 200)
            #expect(desk.requestCounts == ["GET staff": [200: 6, 429: 2], "POST users": [429: 1]])
        }
    }

    @Test func `reads and writes have limits of their own, and a bulk write is one request`() async throws {
        try await desk(VirtualClock()) { _, client async throws in
            for _ in 0..<3 { #expect(try await client.post("users/", BulkTests.people(50)).status == 200) }
            for _ in 0..<5 { #expect(try await client.get("staff/").status == 200) }
            #expect(try await client.post("users/", BulkTests.people(1)).status == 429)
        }
    }

    @Test func `a minute is any sixty seconds`() async throws {
        try await desk(VirtualClock(), step: .seconds(12)) { _, client async throws in
            for _ in 0..<20 { #expect(try await client.get("staff/").status == 200) }
        }
        try await desk(VirtualClock(), step: .milliseconds(11_999)) { _, client async throws in
            for _ in 0..<5 { #expect(try await client.get("staff/").status == 200) }
            #expect(try await client.get("staff/").status == 429)
        }
    }

    @Test(arguments: [false, true])
    func `a refusal says how long to wait, or not`(says: Bool) async throws {
        let clock = VirtualClock()
        try await desk(clock, retryAfter: says) { _, client in
            for _ in 0..<5 { _ = try await client.get("staff/") }
            #expect(try await client.get("staff/").headers["retry-after"] == (says ? "600" : nil))
            clock.advance(.milliseconds(1500))
            #expect(try await client.get("staff/").headers["retry-after"] == (says ? "599" : nil))
        }
    }

    @Test func `the body of a refusal is of any kind`() async throws {
        let expected: [(HappyFoxSimulator.ThrottleBody, String)] = [
            (.message, #"{"error":"Rate limit exceeded."}"#), (.wait, #"{"error":"Throttled, wait 600 seconds."}"#),
            (.text, "Throttled, wait 600 seconds."),
        ]
        for (body, text) in expected {
            let configuration = HappyFoxSimulator.Configuration {
                $0.readsPerMinute = 1
                $0.behaviour.throttleBody = body
            }
            try await HappyFoxSimulator.with(configuration) { desk in
                _ = try await DeskClient(desk).get("staff/")
                #expect(try await DeskClient(desk).get("staff/").text == text)
            }
        }
    }

    @Test func `a limit of nothing is none, and the control routes have none`() async throws {
        let configuration = HappyFoxSimulator.Configuration {
            $0.readsPerMinute = 0
            $0.now = { 0 }
        }
        try await HappyFoxSimulator.with(configuration) { desk async throws in
            for _ in 0..<600 { #expect(try await DeskClient(desk).get("staff/").status == 200) }
        }
    }
}
