internal import FoundationEssentials

/// Base64 as RFC 7515 uses it. Padding is not written, and ignored where it is read: MSAL sends it.
enum Base64URL {
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let text = Data(bytes).base64EncodedString()
        return String(text.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }.filter { $0 != "=" })
    }

    static func decode(_ text: some StringProtocol) -> Data? {
        let base = text.filter { $0 != "=" }.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        return Data(base64Encoded: String(base) + String(repeating: "=", count: (4 - base.count % 4) % 4))
    }
}
