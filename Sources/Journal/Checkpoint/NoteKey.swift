import Crypto
import FoundationEssentials

/// The public half of a key that signs notes with Ed25519: https://c2sp.org/signed-note (verifier keys).
package struct NoteKey: Equatable, Sendable {
    /// The signature type of Ed25519.
    static let type: UInt8 = 1

    package let name: String
    let publicKey: [UInt8]

    /// The first four bytes of SHA-256(name, newline, type, key).
    var id: [UInt8] {
        Array(SHA256.hash(data: Array(name.utf8) + [0x0A, NoteKey.type] + publicKey).prefix(4))
    }

    /// Eight hex digits.
    package var idText: String { id.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

    /// `name+id+key`, as verifiers take it.
    package var text: String { "\(name)+\(idText)+\(Base64.encode([NoteKey.type] + publicKey))" }

    init(name: String, publicKey: [UInt8]) {
        self.name = name
        self.publicKey = publicKey
    }

    package init?(_ text: String) {
        guard let parts = NoteKey.parts(text) else { return nil }
        self.init(name: parts.name, publicKey: parts.key)
        guard idText == parts.id, (try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey)) != nil else {
            return nil
        }
    }

    /// Whether the key signed the note, and no signature of the key in it is wrong.
    package func signed(_ note: SignedNote) -> Bool {
        let ours = note.signatures.filter { $0.name == name && $0.keyID == id }
        guard !ours.isEmpty, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
            return false
        }
        return ours.allSatisfy { key.isValidSignature($0.bytes, for: Array(note.text.utf8)) }
    }

    static func isName(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && !text.unicodeScalars.contains { $0 == "+" || $0.properties.isWhitespace }
    }

    /// `name+id+base64(type, key)`, which the secret half has too, behind its prefix. The base 64 may hold a plus.
    static func parts(_ text: String) -> (name: String, id: String, key: [UInt8])? {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, isName(parts[0]), let key = Base64.decode(parts[2]), key.count == 33, key[0] == type
        else { return nil }
        return (String(parts[0]), String(parts[1]), Array(key[1...]))
    }
}
