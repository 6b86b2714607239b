import ContactSync
import Crypto
import CryptoExtras
import EntraID
import Foundation
import SwiftASN1
import Testing
import WireFixtures
import X509

struct CertificateTests {
    private func refusal(_ pem: String) throws -> EntraError {
        try #require(#expect(throws: EntraError.self) { try ClientCertificate(pem: pem) })
    }

    @Test func `subject, thumbprint and expiry can be read`() throws {
        let pair = try TestCertificate.rsaPair()
        let certificate = try ClientCertificate(pem: pair.pem + "\n" + pair.key)
        let thumbprint = SHA256.hash(data: try pair.der).map { String(format: "%02X", $0) }.joined()
        #expect(certificate.subject == "CN=Foxtrail\\, test")
        #expect(certificate.thumbprint == thumbprint && certificate.notAfter == 2_000_000_000)
    }

    @Test func `the order of the blocks, other certificates and text around them do not count`() throws {
        let pair = try TestCertificate.rsaPair()
        let other = try TestCertificate(.init(TestCertificate.otherRSA.get()))
        let pkcs1 = try TestCertificate.rsa.get().pkcs1PEM
        let pem = "Bag Attributes\n\(pkcs1)\nsubject=x\n\(try other.pem)\n\n\(try pair.pem)\n"
        #expect(
            try ClientCertificate(pem: pem).thumbprint == ClientCertificate(pem: pair.key + "\n" + pair.pem).thumbprint)
    }

    @Test func `a file without a key is refused`() throws {
        #expect(try refusal(TestCertificate.rsaPair().pem).message == "the certificate file holds no private key")
    }

    @Test func `a file without a certificate is refused`() throws {
        #expect(try refusal(TestCertificate.rsaPair().key).message == "the certificate file holds no certificate")
    }

    @Test func `a key of another certificate is refused`() throws {
        let pem = try TestCertificate.rsaPair().pem + "\n" + TestCertificate(.init(TestCertificate.otherRSA.get())).key
        #expect(try refusal(pem).message == "the private key does not belong to the certificate")
    }

    @Test(arguments: [
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----",
    ])
    func `an encrypted key is refused`(key: String) throws {
        let error = try refusal(TestCertificate.rsaPair().pem + "\n" + key)
        #expect(error.message == "the private key is encrypted" && error.hints.first?.contains("openssl pkey") == true)
    }

    @Test func `a key of an elliptic curve is refused`() throws {
        let pair = try TestCertificate(.init(P256.Signing.PrivateKey()))
        #expect(try refusal(pair.pem + "\n" + pair.key).message == "the private key is not an RSA key")
    }

    @Test(arguments: [
        "", "hello", "-----BEGIN CERTIFICATE-----\nAA", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
    ])
    func `what is no such file is refused in words`(text: String) throws {
        #expect(try !refusal(text).hints.isEmpty)
    }

    @Test func `a key never shows`() throws {
        let pair = try TestCertificate.rsaPair()
        let credential = Credential.certificate(clientID: "app", try ClientCertificate(pem: pair.pem + "\n" + pair.key))
        var dumped = ""
        dump(credential, to: &dumped)
        #expect(dumped == "▿ certificate of app\n  - credential: \"certificate of app\"\n")
    }

    @Test func `a token is asked for with a signed assertion instead of a secret`() async throws {
        let pair = try TestCertificate.rsaPair()
        let certificate = try ClientCertificate(pem: pair.pem + "\n" + pair.key)
        try await Exchange.run([.token(), .answer(200, #"{"value":[]}"#)]) { exchange in
            let client = try exchange.client(.certificate(clientID: "app", certificate))
            _ = try await client.usersPage(.listStart(select: ["id"]))
            let form = exchange.form(0)
            #expect(form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            #expect(form["grant_type"] == "client_credentials" && form["client_secret"] == nil)
            #expect(form["scope"] == exchange.server.root + "/.default")
            let token = try #require(form["client_assertion"])
            try check(token, pair, audience: exchange.server.root + "/contoso.example/oauth2/v2.0/token")
        }
    }

    /// Against CryptoExtras itself, not against the library that signed.
    private func check(_ token: String, _ pair: TestCertificate, audience: String) throws {
        let parts = token.split(separator: ".").map(String.init)
        try #require(parts.count == 3)
        let header = try JSONValue(parsing: Array(base64URL: parts[0]))
        #expect(header["alg"]?.string == "PS256" && header["typ"]?.string == "JWT")
        #expect(try Array(base64URL: #require(header["x5t#S256"]?.string)) == Array(SHA256.hash(data: try pair.der)))
        let claims = try JSONValue(parsing: Array(base64URL: parts[1]))
        #expect(claims["aud"]?.string == audience && claims["iss"]?.string == "app" && claims["sub"]?.string == "app")
        let (issued, expires) = (try #require(claims["iat"]?.integer), try #require(claims["exp"]?.integer))
        #expect(expires == issued + 600 && claims["nbf"]?.integer == issued)
        #expect(abs(Double(issued) - Date().timeIntervalSince1970) < 60 && claims["jti"]?.string?.count == 36)
        let signature = _RSA.Signing.RSASignature(rawRepresentation: try Array(base64URL: parts[2]))
        let signed = SHA256.hash(data: Data((parts[0] + "." + parts[1]).utf8))
        #expect(try TestCertificate.rsa.get().publicKey.isValidSignature(signature, for: signed, padding: .PSS))
    }
}

extension _RSA.Signing.PrivateKey {
    /// As `openssl rsa -traditional` writes it.
    fileprivate var pkcs1PEM: String {
        PEMDocument(type: "RSA PRIVATE KEY", derBytes: Array(derRepresentation)).pemString
    }
}

extension [UInt8] {
    init(base64URL text: String) throws {
        let standard = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.count % 4) % 4)
        self = Array(try #require(Data(base64Encoded: standard + padding)))
    }
}
