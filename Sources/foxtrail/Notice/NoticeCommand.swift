import ArgumentParser
import ContactSync
import Foundation
import GRDB
import Projections

struct NoticeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notice", abstract: "Tell admins what went wrong: who is told, what stands, what has arrived.",
        discussion: """
            Example: foxtrail notice set --email admins

            A notice is raised when a tenant cannot be read, Entra ID takes an authorization back, the guard holds a \
            tenant, records fail that did not before, the help desk cannot be reached or refuses the key, or a client \
            secret or certificate expires within 30 days, within 7, or has expired. It is sent once, by e-mail and to a \
            webhook, and once more when it is over.
            """,
        subcommands: [NoticeSet.self, NoticeShow.self, NoticeList.self, NoticeTest.self, NoticeSend.self])
}

struct NoticeShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show who gets notices, and how many are open.",
        discussion: "Example: foxtrail notice show")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption

    func run() throws {
        let models = try moment.readModels(global)
        let (channels, open, waiting) = try models.read { db in
            (
                try NoticeChannelsShown(db), try Notices.open(db).count,
                try Notices.due(db, at: models.time).count
            )
        }
        let counts: [(key: String, value: JSONValue)] = [
            ("open", JSONValue(Int64(open))), ("waiting", JSONValue(Int64(waiting))),
        ]
        if global.json { return Output.json(channels.json + counts) }
        Output.record(channels.lines + [("open", "\(open)"), ("to be sent", "\(waiting)")])
    }
}

/// Who gets notices, as commands tell it.
struct NoticeChannelsShown {
    private let recipients: NoticeRecipients
    private let webhook: NoticeWebhook?
    private let emails: [String]

    init(_ db: Database) throws {
        recipients = try Notices.recipients(db)
        webhook = try Notices.webhook(db)
        emails = try Notices.targets(db).compactMap { try Notices.email(of: $0, db) }
    }

    var isEmpty: Bool { emails.isEmpty && webhook == nil }

    var json: [(key: String, value: JSONValue)] {
        [
            ("admins", .bool(recipients.admins)),
            ("addresses", .array(recipients.addresses.map { .string($0.email) })),
            ("webhook", JSONValue(webhook?.url)),
            ("ownAuthority", webhook.map { .bool($0.hasOwnAuthority == true) } ?? .null),
        ]
    }

    var lines: [(name: String, value: String)] {
        let who = (recipients.admins ? "admins: " : "") + emails.joined(separator: ", ")
        let trust = webhook?.hasOwnAuthority == true ? ", own certificates trusted" : ""
        return [
            ("e-mail", recipients.isNone ? "nobody: foxtrail notice set --email admins" : who),
            ("webhook", webhook.map { $0.url + trust } ?? "none: foxtrail notice set --webhook URL --new-secret"),
        ]
    }
}
