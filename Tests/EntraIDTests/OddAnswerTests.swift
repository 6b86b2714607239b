import EntraID
import Foundation
import HTTP
import Testing
import WireFixtures

/// Answers of Graph that need more than their status to be understood.
struct OddAnswerTests {
    private func run<Value>(
        _ replies: [Reply], _ body: (EntraClient, Exchange) async throws -> Value
    ) async throws -> Value {
        try await Exchange.run([.token("t1")] + replies) { exchange in try await body(exchange.client(), exchange) }
    }

    private func failure(
        _ replies: [Reply], _ link: UsersLink = .deltaStart(select: ["id", "signInActivity", "state"])
    ) async throws -> EntraError {
        try await run(replies) { client, _ in
            try #require(await #expect(throws: EntraError.self) { try await client.usersPage(link) })
        }
    }

    private func challenge(_ status: Int, _ claims: String, code: String = "InvalidAuthenticationToken") -> Reply {
        .graphError(
            status, code,
            headers: [
                #"WWW-Authenticate: Negotiate"#,
                #"WWW-Authenticate: Bearer realm="", authorization_uri="https://x", error="insufficient_claims", claims="\#(claims)""#,
            ])
    }

    private let asked = Data(#"{"access_token":{"nbf":{"essential":true,"value":"1702682181"}}}"#.utf8)

    /// Whatever a server repeats of it, and wherever.
    @Test func `an access token that comes back reaches no error`() async throws {
        let token = "sim_0123456789abcdef"
        let refusal = Reply.graphError(400, token, "bad token \(token)", headers: ["request-id: \(token)"])
        try await Exchange.run([.token(token), refusal]) { exchange in
            let client = try exchange.client()
            let error = await #expect(throws: EntraError.self) {
                try await client.usersPage(.listStart(select: ["id"]))
            }
            let texts = [error?.message, error?.graphCode, error?.requestID].compactMap { $0 }
            #expect(texts.count == 3 && texts.allSatisfy { !$0.contains(token) && $0.contains("[...]") })
        }
    }

    @Test(arguments: [401, 403])
    func `a claims challenge is answered once with a new token`(status: Int) async throws {
        let challenge = challenge(status, asked.base64EncodedString())
        try await run([challenge, .token("t2"), .answer(200, #"{"value":[]}"#)]) { client, exchange in
            _ = try await client.usersPage(.listStart(select: ["id"]))
            #expect(exchange.form(0)["claims"] == #"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#)
            let merged =
                #"{"access_token":{"nbf":{"essential":true,"value":"1702682181"},"xms_cc":{"values":["cp1"]}}}"#
            #expect(exchange.form(2)["claims"] == merged)
            #expect(exchange.server.requests[3].contains("\r\nAuthorization: Bearer t2\r\n"))
        }
        let error = try await failure([challenge, .token("t2"), challenge])
        #expect(error.kind == .authorizationRefused)
    }

    @Test func `claims without padding or in the other alphabet are read too`() async throws {
        let claims = TestIDToken.base64(Data(#"{"access_token":{"acrs":{"value":"??>"}}}"#.utf8))
        try await run([challenge(401, claims), .token("t2"), .answer(200, #"{"value":[]}"#)]) { client, exchange in
            _ = try await client.usersPage(.listStart(select: ["id"]))
            #expect(exchange.form(2)["claims"]?.contains(#""acrs":{"value":"??>"}"#) == true)
        }
    }

    @Test(arguments: ["", "!!!", "W10="])
    func `claims that cannot be read are a refused token like any other`(claims: String) async throws {
        try await run([challenge(401, claims), .token("t2"), .answer(200, #"{"value":[]}"#)]) { client, exchange in
            _ = try await client.usersPage(.listStart(select: ["id"]))
            #expect(exchange.form(2)["claims"] == #"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#)
        }
    }

    @Test func `a challenge that only a person can answer disables the tenant`() async throws {
        let refusal = Reply.answer(
            400, #"{"error":"interaction_required","error_codes":[50076],"suberror":"basic_action"}"#)
        let error = try await failure([challenge(401, asked.base64EncodedString()), refusal])
        #expect(error.kind == .authorizationRefused && error.aadsts == 50_076)
    }

    @Test func `insufficient claims without a challenge are a policy, not a permission`() async throws {
        let error = try await failure([.graphError(403, "insufficient_claims")])
        #expect(error.kind == .authorizationRefused)
        #expect(error.message == "a conditional access policy of the tenant refuses (insufficient_claims)")
    }

    @Test func `a permission that was taken back is named with what to grant`() async throws {
        let error = try await failure([.graphError(403, "Authorization_RequestDenied")])
        #expect(error.kind == .permissionMissing && error.hints.first?.contains("User.Read.All") == true)
    }

    /// A token says what was consented to when it was made.
    @Test func `a permission is missing only when a token made after the question lacks it too`() async throws {
        let (denied, page) = (Reply.graphError(403, "Authorization_RequestDenied"), Reply.answer(200, #"{"value":[]}"#))
        try await run([page, denied, .token("t2"), page]) { (client, exchange) async throws in
            _ = try await client.usersPage(.listStart(select: ["id"]))
            _ = try await client.usersPage(.listStart(select: ["id"]))
            #expect(exchange.server.requests.count == 5)
            #expect(exchange.server.requests[4].contains("\r\nAuthorization: Bearer t2\r\n"))
        }
        try await run([page, denied, .token("t2"), denied]) { (client, exchange) async throws in
            _ = try await client.usersPage(.listStart(select: ["id"]))
            let error = await #expect(throws: EntraError.self) {
                try await client.usersPage(.listStart(select: ["id"]))
            }
            #expect(error?.kind == .permissionMissing && exchange.server.requests.count == 5)
        }
        try await run([denied]) { client, exchange in
            await #expect(throws: EntraError.self) { try await client.usersPage(.listStart(select: ["id"])) }
            #expect(exchange.server.requests.count == 2)
        }
    }

    @Test func `a reset of the delta state by a location is a lost state`() async throws {
        let reset = Reply.answer(410, "", headers: ["Location: https://graph.example/v1.0/users/delta?$deltatoken="])
        #expect(try await failure([reset]).kind == .syncStateLost)
    }

    @Test func `properties that a delta round refuses are named, as we selected them`() async throws {
        let message =
            "Invalid request for delta query: for this entity set and state, $expand/$select is not supported for the following properties: signInActivity, other"
        let error = try await failure([.graphError(400, "BadRequest", message)])
        #expect(error.refusedProperties == ["signInActivity"] && error.kind == .unexpected)
        #expect(error.message == "graph does not give signInActivity in such a read (BadRequest)")
    }

    @Test func `another bad request refuses no property`() async throws {
        #expect(try await failure([.graphError(400, "BadRequest", "Bad state, no colon")]).refusedProperties == [])
    }

    @Test func `properties that a list refuses are known by their names`() async throws {
        let error = try await failure(
            [.graphError(501, "NotImplemented")], .listStart(select: ["id", "skills", "aboutMe", "mail"]))
        #expect(error.refusedProperties == ["skills", "aboutMe"] && error.status == 501)
    }

    @Test func `every request has a name of its own`() async throws {
        try await run([.answer(200, #"{"value":[]}"#)]) { client, exchange in
            for _ in 0..<2 { _ = try await client.usersPage(.listStart(select: ["id"])) }
            let names = exchange.server.requests.map { request in
                request.split(separator: "\r\n").first { $0.lowercased().hasPrefix("client-request-id: ") }
            }
            #expect(!names.contains(nil) && Set(names).count == 3)
        }
    }

    @Test func `a failure keeps graph's name for the request, or else ours`() async throws {
        let named = Reply.answer(503, "", headers: ["request-id: r1"])
        let error = try await failure([named])
        #expect(error.kind == .unavailable && error.requestID == "r1" && error.status == 503)
        let cut = try await failure([.raw("HTTP/1.1 200 OK\r\nContent-Le", closes: true)])
        #expect(cut.kind == .unavailable && cut.requestID?.count == 36)
        let refused = try await Exchange.run([.answer(400, "{}", headers: ["x-ms-request-id: r2"])]) { exchange in
            await #expect(throws: EntraError.self) { try await exchange.client().organization() }
        }
        #expect(refused?.requestID == "r2")
    }

    @Test func `a link that was followed before ends the read`() throws {
        var trail = LinkTrail()
        try trail.follow("a")
        try trail.follow("b")
        #expect(throws: EntraError.self) { try trail.follow("a") }
    }

    @Test func `the sign-in service's clock is read without a token`() async throws {
        let date = "Date: Sun, 06 Nov 1994 08:49:37 GMT"
        try await Exchange.run([.answer(400, "{}", headers: [date]), .answer(200, "{}")]) { (exchange) async throws in
            #expect(try await exchange.client().serverTime() == 784_111_777)
            #expect(try await exchange.client().serverTime() == nil)
            let path = "GET /contoso.example/v2.0/.well-known/openid-configuration HTTP/1.1\r\n"
            #expect(exchange.server.requests[0].hasPrefix(path))
        }
    }

    @Test func `missing permissions are found by asking`() async throws {
        let denied = Reply.graphError(403, "Authorization_RequestDenied")
        try await run([denied, .answer(200, "{}"), denied, .token("t2"), denied]) { (client, exchange) async throws in
            #expect(try await client.missingPermissions() == ["User.Read.All", "Organization.Read.All"])
            #expect(exchange.server.requests[1].hasPrefix("GET /v1.0/users?$select=id,accountEnabled&$top=1 "))
        }
        try await run([.answer(200, "{}")]) { (client, _) async throws in
            #expect(try await client.missingPermissions() == [])
        }
        try await run([.graphError(404, "x")]) { client, _ in
            _ = await #expect(throws: EntraError.self) { try await client.missingPermissions() }
        }
    }
}
