import ContactSync
import Mail
import Projections
import SyncEngine

/// The way to the mail server that is set, with what is kept of it in `secrets/`.
enum MailConnection {
    static func sender(_ server: MailServer, _ secrets: Secrets) throws -> SMTPSender {
        let hint = "foxtrail mail set stores it again"
        return SMTPSender(
            server, password: try server.user.map { _ in try secrets.load(.mailPassword, hint: hint) },
            authorities: server.hasOwnAuthority == true ? try secrets.load(.mailAuthority, hint: hint) : nil)
    }
}

/// What a message is made from besides its recipient.
struct MailDraft {
    let server: MailServer?
    let account: Account
    private let email: AccountEmail

    init(_ models: ReadModels) throws {
        let (server, account, template) = try models.read { db in
            (try AccountMails.server(db), try Installation.account(db), try AccountMails.template(db))
        }
        guard let account else { throw Failure(.configuration, "there is no account", ["foxtrail init"]) }
        self.server = server
        self.account = account
        email = try AccountEmail(template ?? .usual)
    }

    var from: MailMessage.Mailbox {
        .init(name: server?.fromName ?? account.name, address: server?.from ?? "")
    }

    func texts(name: String, email address: String) -> AccountEmail.Texts {
        email.render(.init(name: name, email: address, account: account.name, portalURL: account.portalURL))
    }
}

extension TemplateError {
    var failure: Failure {
        let names = AccountEmail.Values.names.map { "{{\($0)}}" }.joined(separator: ", ")
        let hint = "a template can hold \(names), and {{#name}}...{{/name}} for where there is a name"
        return Failure(.badInput, message, [hint])
    }
}
