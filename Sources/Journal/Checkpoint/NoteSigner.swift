import Crypto
import FoundationEssentials

/// A key that signs notes with Ed25519. As a text it is what Go's `golang.org/x/mod/sumdb/note` takes for a signer.
package struct NoteSigner: Sendable {
    private static let prefix = "PRIVATE+KEY+"
    private let secret: Curve25519.Signing.PrivateKey
    package let key: NoteKey

    private init(name: String, secret: Curve25519.Signing.PrivateKey) {
        self.secret = secret
        key = NoteKey(name: name, publicKey: Array(secret.publicKey.rawRepresentation))
    }

    /// A new key.
    package init(name: String) { self.init(name: name, secret: Curve25519.Signing.PrivateKey()) }

    package init?(_ text: String) {
        guard text.hasPrefix(NoteSigner.prefix),
            let parts = NoteKey.parts(String(text.dropFirst(NoteSigner.prefix.count))),
            let secret = try? Curve25519.Signing.PrivateKey(rawRepresentation: parts.key)
        else { return nil }
        self.init(name: parts.name, secret: secret)
        guard key.idText == parts.id else { return nil }
    }

    /// The secret itself.
    package var text: String {
        let seed = Array(secret.rawRepresentation)
        return "\(NoteSigner.prefix)\(key.name)+\(key.idText)+\(Base64.encode([NoteKey.type] + seed))"
    }

    package func sign(_ text: String) throws -> SignedNote {
        let signature = Array(try secret.signature(for: Array(text.utf8)))
        return SignedNote(text: text, signatures: [.init(name: key.name, keyID: key.id, bytes: signature)])
    }
}
