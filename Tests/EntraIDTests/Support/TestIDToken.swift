import Crypto
import CryptoExtras
import EntraID
import Foundation
import WireFixtures

/// An id token that a test can spoil, signed by CryptoExtras, and the documents that go with it.
struct TestIDToken {
    static let now: Int64 = 1_800_000_000
    static let tenant = "11111111-2222-3333-4444-555555555555"

    let root: String
    var header = ["alg": "RS256", "kid": "k1"]
    var claims: [String: String?]
    var key = TestCertificate.rsa

    init(_ root: String, nonce: String? = nil) {
        self.root = root
        claims = [
            "iss": "\"\(root)/\(TestIDToken.tenant)/v2.0\"", "aud": "\"app\"", "exp": "\(TestIDToken.now + 3_600)",
            "nbf": "\(TestIDToken.now)", "tid": "\"\(TestIDToken.tenant)\"", "oid": "\"o1\"",
            "preferred_username": "\"ann@contoso.example\"", "nonce": nonce.map { "\"\($0)\"" },
        ]
    }

    var text: String {
        get throws {
            let header = "{" + header.map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",") + "}"
            let claims =
                "{" + claims.compactMap { key, value in value.map { "\"\(key)\":\($0)" } }.joined(separator: ",") + "}"
            let input = TestIDToken.base64(Data(header.utf8)) + "." + TestIDToken.base64(Data(claims.utf8))
            let digest = SHA256.hash(data: Data(input.utf8))
            let signature = try key.get().signature(for: digest, padding: .insecurePKCS1v1_5)
            return input + "." + TestIDToken.base64(signature.rawRepresentation)
        }
    }

    /// The token endpoint's answer with this token in it.
    var answer: Reply {
        get throws { .token("t", #","refresh_token":"r1","id_token":"\#(try text)""#) }
    }

    static func metadata(_ root: String, issuer: String = "{tenantid}") -> Reply {
        .answer(200, #"{"issuer":"\#(root)/\#(issuer)/v2.0","jwks_uri":"\#(root)/keys"}"#)
    }

    /// The key under a name, as the authority lists it.
    static func keys(_ root: String, kid: String = "k1", issuer: String? = "{tenantid}") throws -> Reply {
        let key = try TestCertificate.rsa.get().publicKey.getKeyPrimitives()
        let issuer = issuer.map { #","issuer":"\#(root)/\#($0)/v2.0""# } ?? ""
        return .answer(
            200,
            #"{"keys":[{"kty":"EC","kid":"e"},{"kty":"RSA","use":"sig","kid":"\#(kid)","n":"\#(base64(key.modulus))","e":"\#(base64(key.publicExponent))"\#(issuer)}]}"#
        )
    }

    static func base64(_ data: Data) -> String {
        data.base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }
}

extension Exchange {
    func signIn(
        tenant: String = "organizations", sleep: @escaping @Sendable (Duration) async throws -> Void = { _ in }
    ) throws -> SignIn {
        try SignIn(
            endpoints: endpoints, tenant: tenant, clientID: "app", web: web, now: { TestIDToken.now }, sleep: sleep)
    }
}
