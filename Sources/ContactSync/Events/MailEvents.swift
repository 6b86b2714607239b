/// Account e-mails go out through this server; nil where through none any more.
package struct MailServerChanged: Codable, Equatable, Sendable {
    package let server: MailServer?
    package init(server: MailServer?) { self.server = server }
}

/// The account e-mail has these texts; nil where the usual ones.
package struct MailTemplateChanged: Codable, Equatable, Sendable {
    package let template: MailTemplate?
    package init(template: MailTemplate?) { self.template = template }
}

/// An account e-mail is about to be sent: durable before the first byte leaves. Where neither `accountEmailSent` nor
/// `accountEmailFailed` follows it may have arrived, and is not sent again.
package struct AccountEmailRequested: Codable, Equatable, Sendable {
    package let to: String
    /// The message's own id (RFC 5322 section 3.6.4), for whoever looks in a mail server's log.
    package let messageID: String
    package init(to: String, messageID: String) {
        self.to = to
        self.messageID = messageID
    }
}

package struct AccountEmailSent: Codable, Equatable, Sendable {
    package init() {}
}

package struct AccountEmailFailed: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, Sendable {
        /// It was not sent, and the next sync tries again.
        case temporary
        /// The server will never take it.
        case permanent
        /// Nobody knows whether it was sent: it is not sent again.
        case unknown
    }
    package let kind: Kind
    package let reason: String
    /// The server's reply code (RFC 5321 section 4.2), where it gave one.
    package let code: Int?
    package init(kind: Kind, reason: String, code: Int? = nil) {
        self.kind = kind
        self.reason = reason
        self.code = code
    }
}
