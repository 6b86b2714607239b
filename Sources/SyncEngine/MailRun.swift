import ContactSync
import Journal
import Mail
import Projections

/// The account e-mails after the contacts of one sync, one after another.
///
/// Before each the journal says that it is about to be sent, and one transaction holds that and the outcome of the one
/// before: a crash leaves at most one of which nobody knows whether it was sent, and that one is not sent again.
struct MailRun {
    /// The next sync must not be kept waiting: who is not reached in an hour gets the e-mail then.
    private static let longest: Int64 = 3_600_000

    let run: SyncRun
    let mailing: Mailing
    let now: () -> Int64
    let transact: (_ body: (Store.Transaction) throws -> Void) throws -> Void

    func callAsFunction() async throws {
        var progress = MailProgress()
        guard let post = try open(&progress) else {
            return mailing.progress(progress)
        }
        var previous: Ending?
        let began = now()
        for user in post.users where now() - began < MailRun.longest {
            let message = try request(user, post, after: previous)
            previous = nil
            guard let message else { continue }
            let outcome = await post.sender.send(message)
            previous = Ending(user: user, outcome: outcome)
            progress.count(outcome)
            mailing.progress(progress)
            // A server that cannot be reached, or hangs up, would do it to all of them.
            if progress.trouble != nil || Task.isCancelled { break }
        }
        if let previous { try transact { try record(previous, $0) } }
        mailing.progress(progress)
        try Task.checkCancellation()
    }

    /// What all messages of a run have in common: as it was set when the first one was sent.
    fileprivate struct Post {
        let server: MailServer
        let account: Account
        let email: AccountEmail
        let sender: SMTPSender
        let users: [Int64]
    }

    private struct Ending {
        let user: Int64
        let outcome: SendOutcome
    }

    /// Settles what was left open, and gets ready; nil where there is nothing to send, or no way.
    private func open(_ progress: inout MailProgress) throws -> Post? {
        var found: (server: MailServer, account: Account, template: MailTemplate, users: [Int64])?
        try transact { transaction in
            progress.interrupted = try settle(transaction)
            progress.unknown = progress.interrupted
            let tenants = run.tenants.filter(\.tenant.settings.accountEmail).map(\.tenant.id)
            let users = try AccountMails.toSend(transaction.db, of: tenants)
            progress.total = users.count
            guard !users.isEmpty, let server = try AccountMails.server(transaction.db),
                let account = try Installation.account(transaction.db)
            else { return }
            found = (server, account, try AccountMails.template(transaction.db) ?? .usual, users)
        }
        guard let found, let sender = mailing.connect(found.server) else { return nil }
        do throws(TemplateError) {
            return Post(
                server: found.server, account: found.account, email: try AccountEmail(found.template), sender: sender,
                users: found.users)
        } catch {
            progress.trouble = error.message
            return nil
        }
    }

    /// What a crash interrupted may have arrived. Nothing else leaves an e-mail under way: syncs run one at a time.
    private func settle(_ transaction: Store.Transaction) throws -> Int {
        let users = try AccountMails.underWay(transaction.db)
        let reason = "interrupted between sending and recording; not sent again"
        for user in users { try append(.accountEmailFailed(.init(kind: .unknown, reason: reason)), user, transaction) }
        return users.count
    }

    /// To the address that the contact has now; nil for who has no contact any more.
    private func request(_ user: Int64, _ post: Post, after previous: Ending?) throws -> MailMessage? {
        var message: MailMessage?
        try transact { transaction in
            if let previous { try record(previous, transaction) }
            guard let id = try transaction.projector.users.row(id: user)?.contact,
                let contact = try transaction.projector.contacts.row(id)?.contact
            else { return }
            let whole = post.message(to: contact, at: now())
            try append(.accountEmailRequested(.init(to: contact.email, messageID: whole.id)), user, transaction)
            message = whole
        }
        return message
    }

    private func record(_ ending: Ending, _ transaction: Store.Transaction) throws {
        try append(ending.outcome.event, ending.user, transaction)
    }

    private func append(_ event: Event, _ user: Int64, _ transaction: Store.Transaction) throws {
        guard let row = try transaction.projector.users.row(id: user) else { return }
        try transaction.append(event, of: row)
    }
}

extension MailRun.Post {
    fileprivate func message(to contact: Contact, at time: Int64) -> MailMessage {
        let values = AccountEmail.Values(
            name: contact.name, email: contact.email, account: account.name, portalURL: account.portalURL)
        return MailMessage(
            from: .init(name: server.fromName ?? account.name, address: server.from),
            to: .init(name: contact.name, address: contact.email), id: MailMessage.makeID(from: server.from),
            date: time, texts: email.render(values))
    }
}

extension SendOutcome {
    fileprivate var event: Event {
        switch self {
        case .sent: .accountEmailSent(.init())
        case .refused(let reply):
            .accountEmailFailed(
                .init(kind: reply.isTemporary ? .temporary : .permanent, reason: reply.words, code: reply.code))
        case .unreachable(let trouble):
            .accountEmailFailed(.init(kind: .temporary, reason: trouble.reason, code: trouble.code))
        case .unknown(let reason): .accountEmailFailed(.init(kind: .unknown, reason: reason))
        }
    }
}
