import ArgumentParser
import ContactSync
import Mail
import Projections

struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "Account e-mails: the server they go through, their texts, what became of them.",
        discussion: """
            Example: foxtrail mail show

            Where a tenant's setting accountEmail is on, each new contact gets one e-mail, ever: the login address, the \
            portal and how to set a password.
            """,
        subcommands: [
            MailSet.self, MailShow.self, MailOff.self, MailTest.self, MailPreview.self, MailTemplateCommand.self,
            MailList.self,
        ])
}

struct MailShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the mail server, and how the account e-mails stand.",
        discussion: "Example: foxtrail mail show")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption

    func run() throws {
        let (server, template, counts) = try moment.readModels(global).read { db in
            let counts = try AccountMail.State.allCases.map { ($0, try AccountMails.count(db, [$0])) }
            return (try AccountMails.server(db), try AccountMails.template(db), counts)
        }
        let texts = template == nil ? "usual" : "own"
        if global.json {
            let numbers = counts.map { ($0.0.rawValue, JSONValue(Int64($0.1))) }
            return Output.json(
                MailServer.json(server) + [
                    ("texts", .string(texts)),
                    ("mails", .object(numbers.map { (key: $0, value: $1) })),
                ])
        }
        let mails = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")
        Output.record(
            (server?.lines ?? [("server", "none is set: foxtrail mail set")])
                + [("texts", texts), ("e-mails", mails.isEmpty ? "none yet" : mails)])
    }
}

struct MailOff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "off", abstract: "Forget the mail server and its password; what is due waits.",
        discussion: "Example: foxtrail mail off")
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let events: [Event] = try global.change { transaction, secrets in
            secrets.remove(.mailPassword)
            secrets.remove(.mailAuthority)
            guard try AccountMails.server(transaction.db) != nil else { return [] }
            let event = Event.mailServerChanged(.init(server: nil))
            try transaction.append(event, .mail)
            return [event]
        }
        global.tell(
            events, MailServer.json(nil), events.isEmpty ? "no mail server was set" : "account e-mails go nowhere now")
    }
}

extension MailServer {
    static func json(_ server: MailServer?) -> [(key: String, value: JSONValue)] {
        [
            ("host", JSONValue(server?.host)), ("port", JSONValue(server.map { Int64($0.port) })),
            ("security", JSONValue(server?.security.rawValue)), ("from", JSONValue(server?.from)),
            ("fromName", JSONValue(server?.fromName)), ("user", JSONValue(server?.user)),
            ("ownAuthority", server.map { .bool($0.hasOwnAuthority == true) } ?? .null),
        ]
    }

    var lines: [(name: String, value: String)] {
        let trust = hasOwnAuthority == true ? ", own certificates trusted" : ""
        return [
            ("server", address), ("security", security.words + trust), ("from", from), ("from name", fromName ?? ""),
            ("user", user ?? "none"),
        ]
    }
}

extension MailServer.Security {
    var words: String {
        switch self {
        case .starttls: "STARTTLS"
        case .tls: "TLS"
        case .none: "none, on this machine"
        }
    }

    /// RFC 6409, RFC 8314, RFC 5321.
    var usualPort: Int {
        switch self {
        case .starttls: 587
        case .tls: 465
        case .none: 25
        }
    }
}
