import EntraID
import HTTP
import Synchronization
import Testing
import WireFixtures

struct TokenSourceTests {
    final class Clock: Sendable {
        private let instant = Mutex(ContinuousClock.now)
        func now() -> ContinuousClock.Instant { instant.withLock { $0 } }
        func advance(_ duration: Duration) { instant.withLock { $0 += duration } }
    }

    private let clock = Clock()

    private func token(_ name: String, expiresIn seconds: Int = 3_600) -> Reply {
        .answer(200, #"{"expires_in":\#(seconds),"access_token":"\#(name)"}"#)
    }

    private func run<Value>(
        _ replies: [Reply], _ body: (TokenSource, RawServer) async throws -> Value
    ) async throws -> Value {
        try await RawServer.run(replies) { server in
            var settings = WebSettings()
            settings.environment = [:]
            settings.sleep = { _ in }
            let web = try WebClient(settings)
            let source = TokenSource(
                endpoints: try Endpoints(authority: server.root, graph: server.root), tenant: "t",
                credential: .clientSecret(clientID: "app", secret: "hidden"), web: web, now: { [clock] in clock.now() })
            let value = try await body(source, server)
            await web.shutdown()
            return value
        }
    }

    @Test(arguments: [(3_600, 3_299), (600, 539), (10, 8)])
    func `a token is kept until shortly before it expires`(lifetime: Int, useful: Int) async throws {
        try await run([token("a", expiresIn: lifetime), token("b")]) { source, server in
            let first = try await source.token()
            clock.advance(.seconds(useful))
            #expect(try await source.token() == first)
            clock.advance(.seconds(2))
            #expect(try await source.token() != first)
            #expect(server.requests.count == 2)
        }
    }

    @Test func `callers at the same time share one request`() async throws {
        try await run([token("a"), token("b"), token("c")]) { source, server in
            let tokens = try await withThrowingTaskGroup { group in
                for _ in 0..<20 { group.addTask { try await source.token() } }
                return try await group.reduce(into: Set<AccessToken>()) { $0.insert($1) }
            }
            #expect(tokens.count == 1 && server.requests.count == 1)
            let stale = try #require(tokens.first)
            let renewed = try await withThrowingTaskGroup { group in
                for _ in 0..<20 { group.addTask { try await source.renewed(after: stale) } }
                return try await group.reduce(into: Set<AccessToken>()) { $0.insert($1) }
            }
            #expect(renewed.count == 1 && server.requests.count == 2)
        }
    }

    @Test func `passing trouble of the sign-in service is tried again`() async throws {
        let busy = Reply.answer(400, #"{"error":"invalid_request","error_codes":[90033]}"#)
        try await run([busy, .answer(503), token("a")]) { source, server in
            _ = try await source.token()
            #expect(server.requests.count == 3)
        }
    }

    @Test func `a refusal is not tried again and shows no secret`() async throws {
        let refusal = #"{"error":"invalid_client","error_description":"AADSTS7000222: expired hidden"}"#
        try await run([.answer(401, refusal)]) { source, server in
            let error = try #require(await #expect(throws: EntraError.self) { try await source.token() })
            #expect(error.kind == .authorizationRefused && error.aadsts == 7_000_222)
            #expect(!String(reflecting: error).contains("hidden"))
            #expect(server.requests.count == 1)
        }
    }
}
