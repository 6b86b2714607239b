import ContactSync
import Journal
import Mail
import Projections
import Webhook

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
    private let began: Int64

    init(_ transaction: Store.Transaction, _ post: NoticePost) throws {
        let db = transaction.db
        guard let account = try Installation.account(db) else { throw JournalError.broken("there is no account") }
        self.account = account
        self.post = post
        began = post.now()
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

    /// Within so many milliseconds something is tried again while somebody waits.
    private static let haste: Int64 = 20_000

    /// A server that hangs up or cannot be reached is tried twice more, where it did not take long to find out.
    private func send(_ mail: MailMessage, _ sender: SMTPSender) async throws -> NoticeResult {
        var pauses: [Duration] = [.seconds(2), .seconds(8)]
        while true {
            let outcome = await sender.send(mail)
            let isSoon = post.now() - began < NoticeChannels.haste
            guard outcome.mayPassSoon, isSoon, !pauses.isEmpty else {
                return try NoticeResult(outcome, to: mail.to.address)
            }
            try await post.pause(pauses.removeFirst())
        }
    }
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
