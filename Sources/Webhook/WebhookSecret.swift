internal import Crypto
import FoundationEssentials

/// What both sides know: 24 to 64 bytes, written as `whsec_` and base64 (https://www.standardwebhooks.com). Never printed.
package struct WebhookSecret: Sendable {
    private let key: SymmetricKey
    /// As it is given to the receiver.
    package let text: String

    /// Nil for what is no such secret; the prefix may be missing.
    package init?(_ text: String) {
        let encoded = text.hasPrefix(WebhookSecret.prefix) ? text.dropFirst(WebhookSecret.prefix.count) : text[...]
        guard let bytes = Data(base64Encoded: String(encoded)), (24...64).contains(bytes.count) else { return nil }
        key = SymmetricKey(data: bytes)
        self.text = WebhookSecret.prefix + encoded
    }

    /// A random one.
    package init() {
        key = SymmetricKey(size: .bits256)
        text = WebhookSecret.prefix + key.withUnsafeBytes { Data($0).base64EncodedString() }
    }

    private static let prefix = "whsec_"

    /// The value of `webhook-signature`.
    ///
    /// - Parameter time: Seconds since 1970.
    func signature(id: String, time: Int64, body: [UInt8]) -> String {
        let content = Array("\(id).\(time).".utf8) + body
        return "v1," + Data(HMAC<SHA256>.authenticationCode(for: content, using: key)).base64EncodedString()
    }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "a webhook's secret" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["secret": description]) }
}
