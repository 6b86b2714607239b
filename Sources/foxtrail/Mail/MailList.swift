import ArgumentParser
import ContactSync
import Projections

struct MailList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the account e-mails that were not plainly sent: failures, then waiting ones.",
        discussion: """
            Example: foxtrail mail list --state permanent

            permanent  refused for ever
            unknown    perhaps sent, and not sent again
            requested  under way, or interrupted
            temporary  refused for now, and tried again at the next sync
            due        not tried yet
            sent       taken by the server
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption
    @Option(help: "Only these: permanent, unknown, requested, temporary, due or sent.") var state: String?
    @Flag(help: "Those that were sent too.") var all = false

    /// What somebody has to look at comes first.
    private static let order: [AccountMail.State] = [.permanent, .unknown, .requested, .temporary, .due, .sent]

    func run() throws {
        let states = try states()
        let (mails, domains, zone) = try moment.readModels(global).read { db in
            (
                try states.flatMap { try AccountMails.fetch(db, [$0]) },
                try Dictionary(uniqueKeysWithValues: Installation.tenants(db).map { ($0.id, $0.domain) }),
                try Installation.account(db)?.timeZone ?? "UTC"
            )
        }
        if global.json { return mails.forEach { Output.json($0.json) } }
        Output.table(
            ["EMAIL", "TENANT", "STATE", "SINCE (\(zone))", "REASON"],
            mails.map { mail in
                [
                    mail.email, domains[mail.key.tenant] ?? "", mail.state.rawValue, Output.time(mail.at, zone: zone),
                    [mail.code.map(String.init), mail.reason].compactMap { $0 }.joined(separator: " "),
                ]
            })
    }

    private func states() throws -> [AccountMail.State] {
        guard let state else { return MailList.order.filter { all || $0 != .sent } }
        guard let known = AccountMail.State(rawValue: state.lowercased()) else {
            throw Usage.unknown("state", state, among: MailList.order.map(\.rawValue))
        }
        return [known]
    }
}
