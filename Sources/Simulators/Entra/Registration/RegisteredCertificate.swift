internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
internal import NIOSSL

/// A certificate that an application may sign its assertions with.
struct RegisteredCertificate: Sendable {
    /// Base64url without padding, as clients name it: of SHA-256 and, formerly, of SHA-1.
    let thumbprints: Set<String>
    let key: _RSA.Signing.PublicKey
    let expiry: Date

    /// The first certificate of a PEM text. A file that also holds the private key will do.
    init(pem: String) throws {
        guard let certificate = try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)).first else { throw Unreadable() }
        let der = try certificate.toDERBytes()
        thumbprints = [
            Base64URL.encode(SHA256.hash(data: der)), Base64URL.encode(Insecure.SHA1.hash(data: der)),
        ]
        key = try _RSA.Signing.PublicKey(derRepresentation: certificate.extractPublicKey().toSPKIBytes())
        expiry = Date(timeIntervalSince1970: Double(certificate.notValidAfter))
    }

    /// The text holds no certificate with an RSA key.
    struct Unreadable: Error, CustomStringConvertible {
        let description = "the file holds no certificate"
    }
}
