import Crypto
import EntraID
import Foundation
import HTTP
import Testing
import WireFixtures

struct BrowserTests {
    private func parameters(_ url: String) throws -> [String: String] {
        let items = try #require(URLComponents(string: url)?.queryItems)
        return Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { $1 })
    }

    private func refusal(_ query: String) async throws -> EntraError {
        try await Exchange.run([]) { exchange in
            let signIn = try exchange.signIn()
            let request = signIn.browserRequest(redirectURI: "http://localhost:1/")
            let state = try #require(try parameters(request.url)["state"])
            let query = query.replacingOccurrences(of: "STATE", with: state)
            let error = await #expect(throws: EntraError.self) { try await signIn.finish(request, query: query) }
            #expect(exchange.server.requests.isEmpty)
            return try #require(error)
        }
    }

    @Test func `the address asks for a code, a proof and nobody else's account`() async throws {
        try await Exchange.run([]) { exchange in
            let request = try exchange.signIn().browserRequest(redirectURI: "http://localhost:1/")
            #expect(request.url.hasPrefix(exchange.server.root + "/organizations/oauth2/v2.0/authorize?client_id=app&"))
            let parameters = try parameters(request.url)
            #expect(parameters["response_type"] == "code" && parameters["code_challenge_method"] == "S256")
            #expect(parameters["redirect_uri"] == "http://localhost:1/" && parameters["response_mode"] == "query")
            #expect(parameters["scope"]?.contains("offline_access") == true)
            #expect(parameters["claims"] == #"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#)
            let other = try self.parameters(exchange.signIn().browserRequest(redirectURI: "http://localhost:1/").url)
            for name in ["state", "nonce", "code_challenge"] {
                #expect(parameters[name]?.count == 43 && parameters[name] != other[name])
            }
            var dumped = ""
            dump(request, to: &dumped)
            #expect(!dumped.contains(try #require(parameters["state"])))
        }
    }

    @Test func `a browser's redirect becomes a sign-in`() async throws {
        try await Exchange.run([]) { exchange in
            let root = exchange.server.root
            let signIn = try exchange.signIn(tenant: "contoso.example")
            let signedIn = try await RedirectListener.run { listener in
                let request = signIn.browserRequest(redirectURI: listener.redirectURI)
                let parameters = try parameters(request.url)
                exchange.server.reply([
                    try TestIDToken(root, nonce: parameters["nonce"]).answer,
                    TestIDToken.metadata(root, issuer: TestIDToken.tenant), try TestIDToken.keys(root),
                ])
                let back =
                    listener.redirectURI + "?code=c%2B1+x&state=\(try #require(parameters["state"]))&session_state=s"
                #expect(try await exchange.web.send(WebRequest(.get, back, service: "browser")).status == 200)
                let signedIn = try await signIn.finish(request, query: listener.query())
                let form = exchange.form(0)
                let verifier = try #require(form["code_verifier"])
                let challenge = TestIDToken.base64(Data(SHA256.hash(data: Data(verifier.utf8))))
                #expect(challenge == parameters["code_challenge"])
                #expect(form["code"] == "c+1 x" && form["redirect_uri"] == listener.redirectURI)
                #expect(form["grant_type"] == "authorization_code" && form["client_secret"] == nil)
                return signedIn
            }
            #expect(signedIn.identity.tenantID == TestIDToken.tenant && signedIn.refreshToken.value == "r1")
        }
    }

    @Test func `a token of another sign-in is refused by its nonce`() async throws {
        try await Exchange.run([]) { exchange in
            let root = exchange.server.root
            let signIn = try exchange.signIn()
            let request = signIn.browserRequest(redirectURI: "http://localhost:1/")
            exchange.server.reply([
                try TestIDToken(root, nonce: "other").answer, TestIDToken.metadata(root), try TestIDToken.keys(root),
            ])
            let query = "code=c&state=\(try #require(try parameters(request.url)["state"]))"
            let error = await #expect(throws: EntraError.self) { try await signIn.finish(request, query: query) }
            #expect(error?.message == "the id token belongs to another sign-in")
        }
    }

    @Test func `an error counts before the code beside it`() async throws {
        let error = try await refusal("code=c&state=STATE&error=access_denied&error_description=AADSTS65004%3a+No.")
        #expect(error.kind == .authorizationRefused && error.aadsts == 65_004)
        #expect(error.message == "the consent was declined (AADSTS65004, access_denied)")
    }

    @Test(arguments: ["code=c&state=STATEx", "code=c&state=other", "code=c&state=", "code=c", "code=c&state=%", ""])
    func `a redirect of another sign-in is refused`(query: String) async throws {
        #expect(try await refusal(query).message == "the browser came back from another sign-in")
    }

    @Test(arguments: ["state=STATE", "state=STATE&code="])
    func `a redirect without a code is refused`(query: String) async throws {
        #expect(try await refusal(query).message == "the sign-in service sent the browser back without a code")
    }

    @Test func `a code that was redeemed before starts over`() async throws {
        try await Exchange.run([.answer(400, #"{"error":"invalid_grant","error_codes":[54005]}"#)]) { exchange in
            let signIn = try exchange.signIn()
            let request = signIn.browserRequest(redirectURI: "http://localhost:1/")
            let query = "code=c&state=\(try #require(try parameters(request.url)["state"]))"
            let error = await #expect(throws: EntraError.self) { try await signIn.finish(request, query: query) }
            #expect(error?.message == "the sign-in code was used before (AADSTS54005, invalid_grant)")
        }
    }
}
