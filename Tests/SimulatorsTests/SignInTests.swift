import Crypto
import CryptoExtras
import Foundation
import Simulators
import Testing

@Suite struct SignInTests {
    private func flow(_ simulator: RunningSimulator) -> CodeFlow {
        CodeFlow(browser: Browser(base: simulator.baseURL), clientID: simulator.configuration.clientID)
    }

    private func claims(_ token: JSONValue?) throws -> JSONValue {
        let part = try #require(token?.text).split(separator: ".")[1]
        return try JSONDecoder().decode(JSONValue.self, from: try #require(Self.decoded(part)))
    }

    static func decoded(_ part: some StringProtocol) -> Data? {
        let text = part.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        return Data(base64Encoded: text + String(repeating: "=", count: (4 - text.count % 4) % 4))
    }

    @Test(arguments: ["S256", "plain", nil])
    func `a person signs in with a browser`(method: String?) async throws {
        try await EntraSimulator.with { simulator in
            var flow = flow(simulator)
            flow.method = method
            let user = simulator.id(ofUserAt: 0)
            let back = try await flow.signIn(["user": user])
            #expect(back.status == 302 && back.parameter("state") == "a&state" && back.location?.path == "/")
            #expect(try await flow.redeem(back.parameter("code"), verifier: "another").json["error_codes"] == [501_481])
            let answer = try await flow.redeem(back.parameter("code"))
            #expect(answer.status == 200 && answer.json["refresh_token"] != nil && answer.json["client_info"] != nil)
            #expect(answer.json["scope"] == "User.Read.All openid profile")
            let id = try claims(answer.json["id_token"])
            #expect(id["nonce"] == "a-nonce" && id["oid"] == .string(user) && id["aud"] == .string(flow.clientID))
            #expect(id["iss"] == .string("\(simulator.baseURL)/\(simulator.configuration.tenantID)/v2.0"))
            #expect(try await flow.redeem(back.parameter("code")).json["error_codes"] == [54005])
            let client = Client(base: simulator.baseURL, token: answer.json["access_token"]?.text)
            #expect(try await client.get("/v1.0/users").status == 200)
            #expect(try await client.get("/v1.0/groups").status == 403)
        }
    }

    @Test func `an id token can be verified with the published key, and a bad one cannot`() async throws {
        try await EntraSimulator.with { simulator in
            let flow = flow(simulator)
            func check() async throws -> Bool {
                let code = try await flow.signIn(["user": simulator.id(ofUserAt: 0)]).parameter("code")
                let parts = try #require(try await flow.redeem(code).json["id_token"]?.text).split(separator: ".")
                let keys = try await Client(base: simulator.baseURL, token: nil).get("/common/discovery/v2.0/keys").json
                guard case .array(let list)? = keys["keys"], let key = list.first else { return false }
                #expect(key["issuer"] == .string("\(simulator.baseURL)/{tenantid}/v2.0"))
                let n = try #require(Self.decoded(key["n"]?.text ?? ""))
                let e = try #require(Self.decoded(key["e"]?.text ?? ""))
                return try _RSA.Signing.PublicKey(n: n, e: e).isValidSignature(
                    .init(rawRepresentation: try #require(Self.decoded(parts[2]))),
                    for: Data((parts[0] + "." + parts[1]).utf8), padding: .insecurePKCS1v1_5)
            }
            let good = try await check()
            #expect(good)
            simulator.setFaults([Fault(.badIDToken, what: "signature")])
            let bad = try await check()
            #expect(!bad)
        }
    }

    @Test func `refresh tokens are replaced, and end with the session`() async throws {
        try await EntraSimulator.with { simulator in
            let flow = flow(simulator)
            let code = try await flow.signIn(["user": simulator.id(ofUserAt: 0)]).parameter("code")
            let first = try #require(try await flow.redeem(code).json["refresh_token"]?.text)
            let form = ["grant_type": "refresh_token", "refresh_token": first, "scope": flow.scope]
            let again = try await flow.token(form)
            #expect(again.json["refresh_token"] != .string(first) && again.json["access_token"] != nil)
            #expect(try await flow.token(form.merging(["client_secret": "x"]) { $1 }).json["error_codes"] == [700_025])
            simulator.revokeSessions()
            let ended = try await flow.token(form)
            #expect(ended.json["error"] == "invalid_grant" && ended.json["error_codes"] == [50173])
            try simulator.setConsent([])
            let refused = try await flow.signIn(["user": simulator.id(ofUserAt: 0)])
            #expect(refused.parameter("error_description")?.hasPrefix("AADSTS65001") == true)
        }
    }

    @Test func `whoever may not sign in is sent back with the reason`() async throws {
        try await EntraSimulator.with { simulator in
            var flow = flow(simulator)
            let declined = try await flow.signIn(["decline": "1"])
            #expect(declined.parameter("error") == "access_denied" && declined.parameter("state") == "a&state")
            #expect(
                try await flow.signIn(["user": "personal"]).parameter("error_description")?.contains("500208") == true)
            flow.authority = "common"
            let code = try await flow.signIn(["user": "personal"]).parameter("code")
            let token = try await flow.redeem(code).json
            #expect(try claims(token["id_token"])["tid"] == "9188040d-6c67-4c5b-b112-36a304b66dad")
            flow.redirect = "https://elsewhere.example/"
            let page = try await flow.browser.open(flow.target)
            #expect(page.status == 400 && page.text.contains("AADSTS50011") && page.location == nil)
        }
    }

    @Test func `what the sign-in can do wrong on purpose`() async throws {
        try await EntraSimulator.with { simulator in
            let flow = flow(simulator)
            let user = ["user": simulator.id(ofUserAt: 0)]
            simulator.setFaults([Fault(.aadsts, scope: .authorize, code: 50105)])
            #expect(try await flow.signIn(user).parameter("error_description")?.hasPrefix("AADSTS50105") == true)
            simulator.setFaults([Fault(.wrongState)])
            #expect(try await flow.signIn(user).parameter("state") == "forged")
            simulator.setFaults([Fault(.aadsts, code: 50076)])
            #expect(try await flow.redeem("any").json["error"] == "interaction_required")
            for (flaw, claim) in [("nonce", "nonce"), ("iss", "iss"), ("aud", "aud"), ("tid", "tid"), ("exp", "exp")] {
                simulator.setFaults([])
                let good = try claims(
                    try await flow.redeem(try await flow.signIn(user).parameter("code")).json["id_token"])
                simulator.setFaults([Fault(.badIDToken, what: flaw)])
                let bad = try claims(
                    try await flow.redeem(try await flow.signIn(user).parameter("code")).json["id_token"])
                #expect(good[claim] != bad[claim])
            }
        }
    }

    @Test func `the answer can come as a form`() async throws {
        try await EntraSimulator.with { simulator in
            var flow = flow(simulator)
            flow.extra = ["response_mode": "form_post"]
            let page = try await flow.signIn(["user": simulator.id(ofUserAt: 0)])
            #expect(page.status == 200 && page.text.contains("action=\"http://localhost:4711\""))
            #expect(page.text.contains("name=\"state\" value=\"a&amp;state\""))
        }
    }
}
