/// What became of one message.
package enum SendOutcome: Equatable, Sendable {
    /// The server has taken it.
    case sent(SMTPReply)
    /// The server does not take this message, or not for this recipient.
    case refused(SMTPReply)
    /// Certainly not sent, and through no fault of the message or its recipient.
    case unreachable(MailTrouble)
    /// The message had begun to leave, and the server's last word on it never came.
    case unknown(String)
}

/// RFC 5321 section 4.2.
package struct SMTPReply: Equatable, Sendable {
    package let code: Int
    package let words: String

    package init(code: Int, words: String) {
        self.code = code
        self.words = words
    }

    /// 4xx: the same may succeed later (section 4.2.1).
    package var isTemporary: Bool { (400..<500).contains(code) }
    package var text: String { words.isEmpty ? "\(code)" : "\(code) \(words)" }
}

/// Why no message gets through to a mail server.
package struct MailTrouble: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        /// The server cannot be reached, or not in the way that is set.
        case connection
        /// Its certificate is not trusted, or TLS fails otherwise.
        case security
        /// It does not accept the user and password.
        case authentication
        /// It takes nothing from this sender.
        case sender
        /// Ended by us before anything had left.
        case stopped
    }
    package let kind: Kind
    package let reason: String
    package let code: Int?

    package init(_ kind: Kind, _ reason: String, code: Int? = nil) {
        self.kind = kind
        self.reason = reason
        self.code = code
    }
}
