import EntraID
import HTTP
import Testing
import WireFixtures

/// A device code's sign-in carries the token here; a browser's adds the nonce.
struct IDTokenTests {
    private static let code = Reply.answer(200, #"{"device_code":"d","user_code":"U","verification_uri":"https://x"}"#)

    private func identity(
        issuer: String = "{tenantid}", keyIssuer: String? = "{tenantid}",
        _ spoil: (inout TestIDToken) -> Void = { _ in }
    ) async throws -> Identity {
        try await Exchange.run([]) { exchange in
            let root = exchange.server.root
            var token = TestIDToken(root)
            spoil(&token)
            exchange.server.reply([
                IDTokenTests.code, try token.answer, TestIDToken.metadata(root, issuer: issuer),
                try TestIDToken.keys(root, issuer: keyIssuer),
            ])
            let signIn = try exchange.signIn()
            return try await signIn.finish(signIn.startDeviceCode()).identity
        }
    }

    private func refusal(
        issuer: String = "{tenantid}", keyIssuer: String? = "{tenantid}",
        _ spoil: (inout TestIDToken) -> Void = { _ in }
    ) async throws -> String {
        try #require(
            await #expect(throws: EntraError.self) { try await identity(issuer: issuer, keyIssuer: keyIssuer, spoil) }
        ).message
    }

    @Test func `a token says who signed in, and where`() async throws {
        let identity = try await identity()
        #expect(identity.tenantID == TestIDToken.tenant && identity.objectID == "o1")
        #expect(identity.username == "ann@contoso.example")
    }

    @Test func `a key whose issuer is not named may sign`() async throws {
        #expect(try await identity(keyIssuer: nil).objectID == "o1")
    }

    @Test func `a token that another key signed is refused`() async throws {
        #expect(try await refusal { $0.key = TestCertificate.otherRSA } == "the signature of the id token is wrong")
    }

    @Test(arguments: ["none", "HS256", "PS256"])
    func `a token of another algorithm is refused`(algorithm: String) async throws {
        #expect(try await refusal { $0.header["alg"] = algorithm } == "the id token is not signed with RS256")
    }

    @Test func `a token of an unknown key is refused`() async throws {
        let words = "the id token is signed with a key that the sign-in service does not list"
        #expect(try await refusal { $0.header["kid"] = "k2" } == words)
        #expect(try await refusal { $0.header["kid"] = nil } == words)
    }

    @Test func `a token of another issuer is refused`() async throws {
        let words = "the id token comes from another issuer"
        #expect(try await refusal(issuer: "66666666-2222-3333-4444-555555555555") == words)
        #expect(try await refusal { $0.claims["iss"] = "\"\($0.root)/\(TestIDToken.tenant)/v2.0/\"" } == words)
    }

    @Test func `a token of a key that signs for another issuer is refused`() async throws {
        let words = "the id token is signed with a key of another issuer"
        #expect(try await refusal(keyIssuer: "9188040d-6c67-4c5b-b112-36a304b66dad") == words)
    }

    @Test func `a token for another app is refused`() async throws {
        #expect(try await refusal { $0.claims["aud"] = "\"other\"" } == "the id token is for another app")
    }

    @Test func `a personal account is refused`() async throws {
        let personal = "9188040d-6c67-4c5b-b112-36a304b66dad"
        let words = try await refusal {
            $0.claims["tid"] = "\"\(personal)\""
            $0.claims["iss"] = "\"\($0.root)/\(personal)/v2.0\""
        }
        #expect(words == "a personal Microsoft account cannot be used")
    }

    @Test func `clocks may differ by five minutes and no more`() async throws {
        let now = TestIDToken.now
        #expect(try await identity { $0.claims["exp"] = "\(now - 299)" }.objectID == "o1")
        #expect(try await identity { $0.claims["nbf"] = "\(now + 300)" }.objectID == "o1")
        #expect(try await refusal { $0.claims["exp"] = "\(now - 300)" } == "the id token has expired")
        #expect(try await refusal { $0.claims["nbf"] = "\(now + 301)" } == "the id token is not valid yet")
    }

    @Test(arguments: ["tid", "oid"])
    func `a token that names nobody is refused`(claim: String) async throws {
        #expect(try await refusal { $0.claims[claim] = nil as String? } == "the id token names no tenant or no user")
    }

    @Test func `a token that cannot be read is refused`() async throws {
        #expect(try await refusal { $0.claims["exp"] = nil as String? }.hasSuffix("an id token that cannot be read"))
    }

    @Test(arguments: ["common", "Consumers", "9188040D-6c67-4c5b-b112-36a304b66dad"])
    func `an authority that lets personal accounts in is refused`(tenant: String) async throws {
        try await Exchange.run([]) { exchange in
            let error = #expect(throws: EntraError.self) { try exchange.signIn(tenant: tenant) }
            #expect(error?.message == "a personal Microsoft account cannot be used")
        }
    }

    @Test func `keys are kept, and asked for again once for a new name`() async throws {
        try await Exchange.run([]) { exchange in
            let root = exchange.server.root
            let signIn = try exchange.signIn()
            var other = TestIDToken(root)
            other.header["kid"] = "k2"
            exchange.server.reply([
                IDTokenTests.code, try TestIDToken(root).answer, TestIDToken.metadata(root), try TestIDToken.keys(root),
                try TestIDToken(root).answer, try other.answer, try TestIDToken.keys(root, kid: "k2"),
            ])
            let code = try await signIn.startDeviceCode()
            for _ in 0..<3 { _ = try await signIn.finish(code) }
            let paths = exchange.server.requests.map { $0.split(separator: " ")[1] }
            #expect(paths.count == 7 && paths.filter { $0 == "/keys" }.count == 2 && paths[6] == "/keys")
        }
    }

    @Test func `a sign-in without an id token or a refresh token is not believed`() async throws {
        try await Exchange.run([IDTokenTests.code, .token()]) { exchange in
            let signIn = try exchange.signIn()
            let error = await #expect(throws: EntraError.self) { try await signIn.finish(signIn.startDeviceCode()) }
            #expect(error?.message == "the sign-in service sent no id token")
            let root = exchange.server.root
            exchange.server.reply([
                IDTokenTests.code, .token("t", #","id_token":"\#(try TestIDToken(root).text)""#),
                TestIDToken.metadata(root), try TestIDToken.keys(root),
            ])
            let other = await #expect(throws: EntraError.self) { try await signIn.finish(signIn.startDeviceCode()) }
            #expect(other?.message == "the sign-in service sent no refresh token")
        }
    }
}
