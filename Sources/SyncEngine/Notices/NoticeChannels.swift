package import ContactSync
import Journal
package import Mail
import Projections
package import Webhook

/// The ways that are set, each opened once and only when somebody is to be reached by it.
final class NoticeChannels {
    /// What fails once would fail for all that goes the same way.
    enum Kind: Hashable {
        case mail, webhook
        init(_ target: NoticeTarget) {
            switch target {
            case .agent, .address: self = .mail
            case .webhook: self = .webhook
            }
        }
    }

    let targets: [NoticeTarget]
    let account: Account
    let origin: String
    private let emails: [NoticeTarget: String]
    private let server: MailServer?
    private let webhook: NoticeWebhook?
    private let post: NoticePost
    private var sender: SMTPSender?
    private var poster: WebhookSender?

    init(_ transaction: Store.Transaction, _ post: NoticePost) throws {
        let db = transaction.db
        guard let account = try Installation.account(db) else { throw JournalError.broken("there is no account") }
        self.account = account
        self.post = post
        origin = try JournalReader.origin(transaction.appender.db)
        targets = try Notices.targets(db)
        emails = try targets.reduce(into: [:]) { $0[$1] = try Notices.email(of: $1, db) }
        server = try AccountMails.server(db)
        webhook = try Notices.webhook(db)
    }

    /// Where a target is, for people.
    func place(of target: NoticeTarget) -> String { emails[target] ?? webhook?.url ?? target.text }

    /// - Throws: `Trouble` where there is no way, and nothing was tried; else only what cancelling throws.
    func send(_ letter: some NoticeContent, to target: NoticeTarget) async throws -> NoticeResult {
        switch Kind(target) {
        case .webhook:
            guard let webhook else { throw NoticePost.Trouble("no webhook is set") }
            let poster = try poster ?? post.webhook(webhook)
            self.poster = poster
            return NoticeResult(try await poster.send(letter.event))
        case .mail:
            guard let server else {
                throw NoticePost.Trouble("no mail server is set for notices", hints: ["foxtrail mail set"])
            }
            guard let email = emails[target] else { throw NoticePost.Trouble("\(target.text) is gone") }
            let sender = try sender ?? post.mail(server)
            self.sender = sender
            return try await send(letter.mail(from: server, to: email, target), sender)
        }
    }

    /// A server that hangs up or cannot be reached is tried twice more.
    private func send(_ mail: MailMessage, _ sender: SMTPSender) async throws -> NoticeResult {
        var pauses: [Duration] = [.seconds(2), .seconds(8)]
        while true {
            let outcome = await sender.send(mail)
            guard outcome.mayPassSoon, !pauses.isEmpty else { return try NoticeResult(outcome, to: mail.to.address) }
            try await post.pause(pauses.removeFirst())
        }
    }
}

/// What can go both ways.
package protocol NoticeContent {
    func mail(from server: MailServer, to email: String, _ target: NoticeTarget) -> MailMessage
    var event: CloudEvent { get }
}

/// What one message came to.
package enum NoticeResult: Equatable, Sendable {
    /// - Parameter words: Of whoever took it.
    case delivered(String)
    /// - Parameters:
    ///   - reason: Names no address.
    ///   - breaks: The others of the channel need not be tried now.
    ///   - isFinal: It will never be taken.
    case failed(reason: String, hints: [String], breaks: Bool, isFinal: Bool)
}

extension SendOutcome {
    fileprivate var mayPassSoon: Bool {
        switch self {
        case .unknown: true
        case .unreachable(let trouble): trouble.kind == .connection
        case .sent, .refused: false
        }
    }
}

extension NoticeResult {
    init(_ outcome: WebhookSender.Outcome) {
        func failed(_ reason: String, _ hints: [String] = [], isFinal: Bool = false) -> NoticeResult {
            .failed(reason: reason, hints: hints, breaks: true, isFinal: isFinal)
        }
        self =
            switch outcome {
            case .delivered(let status): .delivered("\(status)")
            case .refused(let status) where (300..<400).contains(status):
                failed("the webhook answered \(status): redirects are not followed")
            case .refused(let status): failed("the webhook answered \(status)")
            case .gone: failed("the webhook answered 410: it wants nothing any more", isFinal: true)
            case .unreachable(let reason, let hints): failed(reason, hints)
            }
    }

    /// - Throws: `CancellationError`, where it ended before anything was sent.
    init(_ outcome: SendOutcome, to email: String) throws {
        // An address is its owner's, who may be erased: it is left out of what a server says.
        func words(_ text: String) -> String {
            text.split(separator: " ").map { $0.lowercased().contains(email.lowercased()) ? "[address]" : String($0) }
                .joined(separator: " ")
        }
        switch outcome {
        case .sent(let reply): self = .delivered(reply.text)
        case .refused(let reply):
            self = .failed(reason: words(reply.text), hints: [], breaks: false, isFinal: !reply.isTemporary)
        case .unreachable(let trouble):
            if trouble.kind == .stopped { throw CancellationError() }
            self = .failed(reason: words(trouble.reason), hints: ["foxtrail mail test"], breaks: true, isFinal: false)
        // At least once: the receiver knows it by its id.
        case .unknown(let reason): self = .failed(reason: words(reason), hints: [], breaks: true, isFinal: false)
        }
    }
}
