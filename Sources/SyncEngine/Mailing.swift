package import ContactSync
package import Mail

/// How a sync gets at the mail server, and whom it tells how far it has come.
package struct Mailing {
    let connect: (MailServer) -> SMTPSender?
    let progress: (MailProgress) -> Void

    /// - Parameter connect: Nil where the server's password is gone, say: then nothing is sent, and nothing is lost.
    package init(connect: @escaping (MailServer) -> SMTPSender?, progress: @escaping (MailProgress) -> Void) {
        self.connect = connect
        self.progress = progress
    }

    package static var none: Mailing { Mailing(connect: { _ in nil }, progress: { _ in }) }
}

/// What has become of the account e-mails of one sync.
package struct MailProgress: Equatable, Sendable {
    /// Those that were to be sent.
    package var total = 0
    package var sent = 0
    /// Tried, and to be tried again at the next sync.
    package var postponed = 0
    package var refused = 0
    /// Perhaps sent, and not sent again: in this sync, or when an earlier one was interrupted.
    package var unknown = 0
    /// Why the sending ended before all were tried.
    package var trouble: String?

    package init() {}

    /// Those of an earlier sync that was interrupted; they are among the unknown.
    package var interrupted = 0

    package var tried: Int { sent + postponed + refused + unknown - interrupted }

    mutating func count(_ outcome: SendOutcome) {
        switch outcome {
        case .sent: sent += 1
        case .refused(let reply): if reply.isTemporary { postponed += 1 } else { refused += 1 }
        case .unreachable(let why):
            postponed += 1
            trouble = why.reason
        case .unknown(let reason):
            unknown += 1
            trouble = reason
        }
    }
}
