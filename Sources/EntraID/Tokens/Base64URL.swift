internal import FoundationEssentials

/// base64url without padding (RFC 7515 section 2).
enum Base64URL {
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let characters = Data(bytes).base64EncodedString().filter { $0 != "=" }
        return String(characters.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
    }

    /// Takes both alphabets, with and without padding.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let unpadded = text.prefix { $0 != "=" }.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        let padding = String(repeating: "=", count: (4 - unpadded.count % 4) % 4)
        return Data(base64Encoded: String(unpadded) + padding).map(Array.init)
    }

    /// As many random bytes as a SHA-256 has, for states, nonces and verifiers.
    static func random() -> String {
        Base64URL.encode((0..<32).map { _ in UInt8.random(in: .min ... .max) })
    }
}
