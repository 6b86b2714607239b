import ArgumentParser
import ContactSync
import Foundation
import Projections
import Webhook

struct NoticeSet: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Choose who gets notices; what is not named stays as it is.",
        discussion: """
            Example: foxtrail notice set --email admins ops@acme.example
                     foxtrail notice set --webhook https://hooks.acme.example/foxtrail --new-secret
                     foxtrail notice set --webhook none

            `admins` stands for all agents with Manage Apps, as they are when a notice is sent. E-mails go through the \
            server of `mail set`. Webhooks get a CloudEvents 1.0 body, signed as standardwebhooks.com has it: its \
            libraries verify it with the secret, a line of whsec_ and base64. The URL stands in the journal: what is \
            secret belongs into the secret. Then try it: foxtrail notice test
            """)
    @OptionGroup var global: GlobalOptions
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Who gets e-mails: admins, addresses, both, or none.", valueName: "admins|email|none"))
    var email: [String] = []
    @Option(help: ArgumentHelp("Where notices are posted to, or none.", valueName: "url|none")) var webhook: String?
    @Option(help: ArgumentHelp("A file whose first line is the webhook's secret.", valueName: "file"))
    var secretFile: String?
    @Flag(help: "Make a new secret for the webhook, and say where it is.") var newSecret = false
    @Option(help: ArgumentHelp("PEM certificates to trust for the webhook beside the system's.", valueName: "file"))
    var caFile: String?

    func validate() throws {
        if email.isEmpty, webhook == nil, secretFile == nil, !newSecret {
            throw ValidationError("nothing is named: --email, --webhook, --secret-file or --new-secret")
        }
        if secretFile != nil, newSecret { throw ValidationError("--secret-file and --new-secret exclude each other") }
        if caFile != nil, webhook == nil { throw ValidationError("--ca-file goes with --webhook") }
        if webhook == "none", secretFile != nil || newSecret || caFile != nil {
            throw ValidationError("--webhook none has no secret and no certificates")
        }
    }

    func run() throws {
        let emails = try checkedEmails()
        let (url, secret) = (try checkedURL(), try checkedSecret())
        let authority = try caFile.map { try Secrets.text(of: $0, what: "certificate file") }
        if let file = caFile { _ = try Connection.web(caFile: file) }
        let events: [Event] = try global.change { transaction, secrets in
            var events: [Event] = []
            if !email.isEmpty {
                let old = try Notices.recipients(transaction.db)
                let new = old.changed(
                    admins: emails.admins, emails: emails.addresses, last: try Notices.lastAddress(transaction.db))
                if new != old { events.append(.noticeRecipientsChanged(.init(recipients: new))) }
            }
            let old = try Notices.webhook(transaction.db)
            if let changed = try change(old, url, secret, authority, &secrets) { events.append(changed) }
            for event in events { try transaction.append(event, .notices) }
            let now = try Notices.webhook(transaction.db)
            if now == nil { secrets.remove(.webhookSecret) }
            if now?.hasOwnAuthority != true { secrets.remove(.webhookAuthority) }
            return events
        }
        try tell(events)
    }

    /// What becomes of the webhook and its secret. Nil where all is as it was.
    private func change(
        _ old: NoticeWebhook?, _ url: String?, _ secret: WebhookSecret?, _ authority: String?,
        _ secrets: inout SecretsChange
    ) throws -> Event? {
        if webhook == "none" { return old == nil ? nil : .noticeWebhookChanged(.init(webhook: nil)) }
        guard url != nil || secret != nil else { return nil }
        guard let place = url ?? old?.url else {
            throw Failure(.usage, "no webhook is set that a secret could be for", ["--webhook URL names it"])
        }
        let kept = try? global.secrets.load(.webhookSecret, hint: "")
        guard let text = secret?.text ?? kept.flatMap({ WebhookSecret($0)?.text }) else {
            throw Failure(
                .usage, "a webhook needs a secret", ["--new-secret makes one; --secret-file FILE takes the receiver's"])
        }
        let new = NoticeWebhook(
            url: place, hasOwnAuthority: authority != nil ? true : place == old?.url ? old?.hasOwnAuthority : nil)
        let oldAuthority = try? global.secrets.load(.webhookAuthority, hint: "")
        if new == old, text == kept, authority == nil || authority == oldAuthority { return nil }
        secrets.keep(text, as: .webhookSecret)
        if let authority { secrets.keep(authority, as: .webhookAuthority) }
        return .noticeWebhookChanged(.init(webhook: new))
    }

    private func tell(_ events: [Event]) throws {
        let (channels, hasMailServer, mails) = try global.readModels().read { db in
            (try NoticeChannelsShown(db), try AccountMails.server(db) != nil, try !Notices.recipients(db).isNone)
        }
        if global.json {
            Output.change(events, channels.json)
        } else if !global.quiet {
            Output.record(channels.lines)
            if !channels.isEmpty { Notice.hint("try it: foxtrail notice test", quiet: false) }
        }
        if newSecret {
            Notice.hint(
                "the receiver's copy of the secret: \(global.secrets.path(.webhookSecret))", quiet: global.quiet)
        }
        if mails, !hasMailServer {
            Notice.hint("e-mails wait until a mail server is set: foxtrail mail set", quiet: global.quiet)
        }
    }
}
