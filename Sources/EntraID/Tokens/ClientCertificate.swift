internal import Crypto
internal import FoundationEssentials
internal import JWTKit
internal import SwiftASN1
internal import X509

/// A certificate with its private key, by which an app signs in instead of with a secret.
package struct ClientCertificate: Sendable {
    /// Whom the certificate names, such as `CN=Foxtrail`.
    package let subject: String
    /// SHA-256 of the certificate's DER, in upper case hex.
    package let thumbprint: String
    /// When it expires, in seconds since 1970.
    package let notAfter: Int64
    /// The thumbprint as a client assertion carries it.
    let x5tS256: String
    let key: JWTKit.Insecure.RSA.PrivateKey

    /// - Parameter pem: The certificate and its RSA key (PKCS#8 or PKCS#1, not encrypted), in any order; certificates
    ///   of other keys are passed over.
    /// - Throws: An `EntraError` that says what is missing or wrong.
    package init(pem: String) throws(EntraError) {
        let blocks = try ClientCertificate.blocks(pem)
        let (key, publicKey) = try ClientCertificate.key(blocks)
        let (certificate, der) = try ClientCertificate.certificate(blocks, of: publicKey)
        let digest = SHA256.hash(data: der)
        self.key = key
        subject = "\(certificate.subject)"
        thumbprint = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
        notAfter = Int64(certificate.notValidAfter.timeIntervalSince1970)
        x5tS256 = Base64URL.encode(digest)
    }

    private static func blocks(_ pem: String) throws(EntraError) -> [PEMDocument] {
        // Both ways of encrypting a key name themselves so; the older one is no valid PEM any more.
        if pem.contains("ENCRYPTED") {
            throw refused(
                "the private key is encrypted",
                "decrypt it with `openssl pkey -in FILE` into a file that only you can read")
        }
        do {
            return try PEMDocument.parseMultiple(pemString: pem)
        } catch {
            throw refused("the certificate file is not PEM", PEM.expected)
        }
    }

    private static func key(
        _ blocks: [PEMDocument]
    ) throws(EntraError) -> (JWTKit.Insecure.RSA.PrivateKey, Certificate.PublicKey) {
        guard let block = blocks.first(where: { $0.discriminator.hasSuffix("PRIVATE KEY") }) else {
            throw refused("the certificate file holds no private key", PEM.expected)
        }
        guard let any = try? Certificate.PrivateKey(pemDocument: block) else {
            throw refused("the private key cannot be read", PEM.expected)
        }
        guard "\(any)".hasPrefix("RSA") else {
            throw refused(
                "the private key is not an RSA key", "make a certificate with an RSA key of 2048 bits or more")
        }
        guard let key = try? JWTKit.Insecure.RSA.PrivateKey(pem: block.pemString) else {
            throw refused("the RSA key is too short", "make a certificate with an RSA key of 2048 bits or more")
        }
        return (key, any.publicKey)
    }

    private static func certificate(
        _ blocks: [PEMDocument], of key: Certificate.PublicKey
    ) throws(EntraError) -> (Certificate, [UInt8]) {
        let found = blocks.filter { $0.discriminator == Certificate.defaultPEMDiscriminator }
        if found.isEmpty { throw refused("the certificate file holds no certificate", PEM.expected) }
        for block in found {
            guard let certificate = try? Certificate(pemDocument: block) else {
                throw refused("the certificate cannot be read", PEM.expected)
            }
            if certificate.publicKey == key { return (certificate, block.derBytes) }
        }
        throw refused("the private key does not belong to the certificate", PEM.expected)
    }

    private enum PEM {
        static let expected = "the file must hold a PEM certificate and its RSA private key"
    }

    private static func refused(_ message: String, _ hint: String) -> EntraError {
        EntraError(.unexpected, message, hints: [hint])
    }
}

/// No way of printing a certificate shows its key.
extension ClientCertificate: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "certificate of \(subject), SHA-256 \(thumbprint)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["certificate": description]) }
}
