internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials

/// The platform's own key. It is made when the first token is signed and lives as long as the process.
struct SigningKey: Sendable {
    private let key: _RSA.Signing.PrivateKey
    let id: String

    static let shared = Result { try SigningKey() }

    private init() throws {
        key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        id = String(Base64URL.encode(SHA256.hash(data: key.publicKey.derRepresentation)).prefix(27))
    }

    /// One entry of the key set, as 3.1 lists its members.
    func json(issuer: String) throws -> JSONValue {
        let numbers = try key.publicKey.getKeyPrimitives()
        return [
            "kty": "RSA", "use": "sig", "kid": .string(id), "x5t": .string(id),
            "n": .string(Base64URL.encode(numbers.modulus)), "e": .string(Base64URL.encode(numbers.publicExponent)),
            "issuer": .string(issuer),
        ]
    }

    /// A signed token (RS256). A wrong key id or a broken signature are for clients that ought to notice.
    func sign(_ claims: JSONValue, kid: String? = nil, breaking: Bool = false) throws -> String {
        let header: JSONValue = ["typ": "JWT", "alg": "RS256", "kid": .string(kid ?? id)]
        let text = [header, claims].map { value in
            var writer = JSONWriter()
            writer.write(value)
            return Base64URL.encode(writer.bytes)
        }.joined(separator: ".")
        var signature = Array(
            try key.signature(for: Data(text.utf8), padding: .insecurePKCS1v1_5).rawRepresentation)
        if breaking { signature[0] ^= 1 }
        return text + "." + Base64URL.encode(signature)
    }
}
