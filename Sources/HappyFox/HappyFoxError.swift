/// What HappyFox refused, or could not do.
package struct HappyFoxError: Error, Sendable, CustomStringConvertible {
    /// What callers branch on.
    package enum Kind: Sendable, Hashable {
        /// The API key is not accepted.
        case keyRefused
        /// Trouble on the way or at the far end that did not pass while we tried.
        case unavailable
        /// Everything else: our settings, our mistake, or an answer that makes no sense.
        case unexpected
    }

    package let kind: Kind
    /// Lower case, no full stop.
    package let message: String
    /// What a person can do about it.
    package let hints: [String]

    package init(_ kind: Kind, _ message: String, hints: [String] = []) {
        self.kind = kind
        self.message = message
        self.hints = hints
    }

    package var description: String { message }

    /// A wrong key, a disabled one and an API that is off: HappyFox does not document their answers, public clients take
    /// 401 and 403 for them.
    static func keyRefused(_ status: Int) -> HappyFoxError {
        HappyFoxError(
            .keyRefused, "happyfox does not accept the API key (\(status))",
            hints: [
                "check key and auth code under Apps > Goodies > API in HappyFox, and that the key is switched on",
                "then store it again: foxtrail help-desk use happyfox --url URL --api-key-file FILE",
            ])
    }

    static func redirected(_ status: Int) -> HappyFoxError {
        HappyFoxError(
            .unexpected, "happyfox answered \(status): the account is reached at another address",
            hints: ["an account with a domain of its own is reached at that domain only: use it as the URL"])
    }
}
