import ContactSync
import GRDB
import Journal
import Mail
import Projections
import Webhook

extension NoticeRun {
    /// Whoever waits behind a sync waits for about a minute: what was not reached by then is for the next run.
    private static let longest: Int64 = 60_000
    /// What does not get through in five days is given up, until the channel is set anew.
    private static let patience: Int64 = 5 * 86_400_000

    /// Sends what is due to whoever does not have it. Cancelling ends it between two messages.
    package func deliver() async throws -> NoticeProgress {
        var progress = NoticeProgress()
        let lock = try FileLock(path: store.home + "/notices.lock")
        do { try lock.take() } catch JournalError.busy {
            progress.isElsewhere = true
            return progress
        }
        defer { lock.release() }
        let due = try transact { try Notices.due($0.db, at: post.now()) }
        if due.isEmpty { return progress }
        let channels = try open()
        var broken: Set<Channel> = []
        let began = post.now()
        for message in due {
            let channel = Channel(message.target)
            guard !broken.contains(channel), post.now() - began < NoticeRun.longest else {
                progress.waiting += 1
                continue
            }
            try Task.checkCancellation()
            let result: Result
            do throws(NoticePost.Trouble) { result = await send(message, try channels(message)) } catch {
                // Nothing was tried: it is due until there is a way.
                broken.insert(channel)
                progress.waiting += 1
                progress.note(error)
                continue
            }
            if case .failed(_, let breaks, _) = result, breaks { broken.insert(channel) }
            try record(result, of: message, &progress)
        }
        return progress
    }

    /// What fails once would fail for all that goes the same way.
    private enum Channel: Hashable {
        case mail, webhook
        init(_ target: NoticeTarget) {
            switch target {
            case .agent, .address: self = .mail
            case .webhook: self = .webhook
            }
        }
    }

    /// What one message came to.
    enum Result {
        case delivered
        /// - Parameters:
        ///   - breaks: The others of the channel need not be tried now.
        ///   - isFinal: It will never be taken.
        case failed(String, breaks: Bool, isFinal: Bool)
        /// Ended before anything was sent.
        case stopped
    }

    private func record(_ result: Result, of message: DueNotice, _ progress: inout NoticeProgress) throws {
        let (notice, target) = (message.notice.number, message.target.text)
        let event: Event
        switch result {
        case .stopped: throw CancellationError()
        case .delivered:
            progress.delivered += 1
            event = .noticeDelivered(.init(notice: notice, part: message.part, target: target))
        case .failed(let reason, _, let isFinal):
            let isOver = isFinal || message.firstAt.map { post.now() - $0 > NoticeRun.patience } ?? false
            if isOver { progress.givenUp += 1 } else { progress.waiting += 1 }
            progress.note(NoticePost.Trouble(reason))
            event = .noticeUndelivered(
                .init(notice: notice, part: message.part, target: target, reason: reason, isFinal: isOver))
        }
        try transact { _ = try $0.append(event, .notice(notice)) }
    }
}

extension NoticeRun {
    /// A way to a target.
    enum Way {
        case mail(SMTPSender, MailMessage)
        case webhook(WebhookSender, CloudEvent)
    }

    /// Everything that is needed to reach whoever is due, read once.
    private func open() throws -> (DueNotice) throws(NoticePost.Trouble) -> Way {
        let (server, webhook, emails, account, origin) = try transact { transaction in
            let db = transaction.db
            let targets = try Notices.targets(db)
            let emails = try targets.map { ($0, try Notices.email(of: $0, db)) }
            guard let account = try Installation.account(db) else { throw JournalError.broken("there is no account") }
            return (
                try AccountMails.server(db), try Notices.webhook(db), Dictionary(uniqueKeysWithValues: emails), account,
                try JournalReader.origin(transaction.appender.db)
            )
        }
        // One connection for all messages.
        var sender: SMTPSender?
        return { due throws(NoticePost.Trouble) in
            let letter = NoticeLetter(due.notice, due.part, account: account, origin: origin)
            guard due.target != .webhook else {
                guard let webhook else { throw NoticePost.Trouble("no webhook is set") }
                return .webhook(try self.post.webhook(webhook), letter.event)
            }
            guard let server else {
                throw NoticePost.Trouble("no mail server is set", hints: ["foxtrail mail set"])
            }
            guard let email = emails[due.target] ?? nil else { throw NoticePost.Trouble("nobody is there any more") }
            if sender == nil { sender = try self.post.mail(server) }
            guard let sender else { throw NoticePost.Trouble("no mail server is set") }
            return .mail(sender, letter.mail(from: server, to: email, due.target))
        }
    }

    private func send(_ message: DueNotice, _ way: Way) async -> Result {
        do {
            switch way {
            case .mail(let sender, let mail): return try await send(mail, sender)
            case .webhook(let sender, let event): return Result(try await sender.send(event))
            }
        } catch { return .stopped }
    }

    /// A server that hangs up or cannot be reached is tried twice more.
    private func send(_ mail: MailMessage, _ sender: SMTPSender) async throws -> Result {
        var pauses: [Duration] = [.seconds(2), .seconds(8)]
        while true {
            let outcome = await sender.send(mail)
            guard outcome.mayPassSoon, !pauses.isEmpty else { return Result(outcome, to: mail.to.address) }
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

extension NoticeRun.Result {
    fileprivate init(_ outcome: WebhookSender.Outcome) {
        self =
            switch outcome {
            case .delivered: .delivered
            case .refused(let status): .failed("the webhook answered \(status)", breaks: true, isFinal: false)
            case .gone: .failed("the webhook answered 410: it wants nothing any more", breaks: true, isFinal: true)
            case .unreachable(let reason, _): .failed(reason, breaks: true, isFinal: false)
            }
    }

    /// The address is the journal's to know only where its owner is its subject: here it is left out.
    fileprivate init(_ outcome: SendOutcome, to email: String) {
        func words(_ text: String) -> String {
            text.split(separator: " ").map { $0.lowercased().contains(email.lowercased()) ? "[address]" : String($0) }
                .joined(separator: " ")
        }
        switch outcome {
        case .sent: self = .delivered
        case .refused(let reply): self = .failed(words(reply.text), breaks: false, isFinal: !reply.isTemporary)
        case .unreachable(let trouble):
            self = trouble.kind == .stopped ? .stopped : .failed(words(trouble.reason), breaks: true, isFinal: false)
        // At least once: the receiver knows it by its id.
        case .unknown(let reason): self = .failed(words(reason), breaks: true, isFinal: false)
        }
    }
}
