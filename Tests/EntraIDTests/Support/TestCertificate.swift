import Crypto
import CryptoExtras
import Foundation
import SwiftASN1
import X509

/// A certificate of its own key, made for the test run.
struct TestCertificate {
    let certificate: Certificate
    let key: String

    /// Keys take a while to make.
    static let rsa = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }
    static let otherRSA = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }

    var pem: String {
        get throws { try certificate.serializeAsPEM().pemString }
    }

    var der: [UInt8] {
        get throws { try certificate.serializeAsPEM().derBytes }
    }

    init(_ key: Certificate.PrivateKey) throws {
        let name = try DistinguishedName { CommonName("Foxtrail, test") }
        certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: key.publicKey,
            notValidBefore: Date(timeIntervalSince1970: 1_700_000_000),
            notValidAfter: Date(timeIntervalSince1970: 2_000_000_000), issuer: name, subject: name,
            extensions: .init(), issuerPrivateKey: key)
        self.key = try key.serializeAsPEM().pemString
    }

    static func rsaPair() throws -> TestCertificate { try TestCertificate(.init(rsa.get())) }
}
