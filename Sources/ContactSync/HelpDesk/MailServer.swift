/// The server that account e-mails go to, and whom they come from. The password stands in `secrets/`.
package struct MailServer: Codable, Equatable, Sendable {
    package enum Security: String, Codable, CaseIterable, Sendable {
        /// TLS is asked for after the greeting (RFC 3207), and nothing is sent without it.
        case starttls
        /// TLS from the first byte (RFC 8314).
        case tls
        /// For a server on this machine only.
        case none
    }

    package let host: String
    package let port: Int
    package let security: Security
    /// The sender's address.
    package let from: String
    /// The sender's name.
    package let fromName: String?
    /// Nil where the server asks nobody who they are.
    package let user: String?
    /// Whether certificates of an own authority are trusted beside the system's.
    package let hasOwnAuthority: Bool?

    package init(
        host: String, port: Int, security: Security, from: String, fromName: String? = nil, user: String? = nil,
        hasOwnAuthority: Bool? = nil
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.from = from
        self.fromName = fromName
        self.user = user
        self.hasOwnAuthority = hasOwnAuthority
    }
}

/// The texts of the account e-mail, as templates.
package struct MailTemplate: Codable, Equatable, Sendable {
    package let subject: String
    package let text: String
    package let html: String

    package init(subject: String, text: String, html: String) {
        self.subject = subject
        self.text = text
        self.html = html
    }
}
