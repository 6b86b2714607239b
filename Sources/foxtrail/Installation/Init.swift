import ArgumentParser
import ContactSync
import Foundation
import Journal
import Projections

struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Open an account: make the home directory and its journal.",
        discussion:
            "Example: foxtrail init --account Acme --time-zone Europe/Berlin --portal-url https://acme.example --admin ann@acme.example"
    )

    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("The help desk account's name.", valueName: "name")) var account: String
    @Option(help: ArgumentHelp("The account's time zone, such as Europe/Berlin.", valueName: "zone")) var timeZone:
        String
    @Option(
        name: .customLong("portal-url"),
        help: ArgumentHelp("Where contacts log in, such as https://acme.happyfox.com.", valueName: "url"))
    var portalURL: String
    @Option(help: "basic, team, pro, enterprise-pro or unlimited-agents.") var plan = "pro"
    @Option(
        help: ArgumentHelp(
            "The e-mail of the first agent, who gets the role admin; else the agent who acts.", valueName: "email"))
    var admin: String?

    func run() throws {
        let account = Account(
            name: try AccountCheck.name(account), timeZone: try AccountCheck.timeZone(timeZone),
            portalURL: try AccountCheck.portalURL(portalURL), plan: try AccountCheck.plan(plan))
        let admin = admin ?? global.actingEmail
        if let admin { try AgentAdd.check(email: admin) }
        let home = global.directory
        let exists = FileManager.default.fileExists(atPath: JournalFile.path(home: home))
        // One without events is what a crash of this very command leaves.
        guard try !exists || JournalFile.isEmpty(home: home) else {
            throw Failure(
                .cannotCreate, "there is an installation in \(home) already", ["--home names another directory"])
        }
        guard exists || !JournalFile.isMissing(home: home) else {
            throw Failure(
                .cannotCreate, "the journal of the installation in \(home) is missing",
                ["put it back, or the newest backup of it; --home names another directory for a new installation"])
        }
        do {
            try FileManager.default.createDirectory(
                atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(
                .cannotCreate, "the home directory \(home) cannot be made", ["check the rights of its parent"])
        }
        let store = try Store(home: home, creating: !exists)
        let journal = UUID().uuidString.lowercased()
        let opened = Event.accountOpened(.init(journal: journal, account: account))
        let added = admin.map { Event.agentAdded(.init(agent: 1, email: $0, name: $0, role: .admin)) }
        // Before the first event: an account that is open has its key.
        _ = try Signing.makeKey(journal: journal, global.secrets)
        try store.transact(Occasion(actor: "foxtrail", time: Clock.now())) { transaction in
            try transaction.append(opened, .account)
            if let added { try transaction.append(added, .agent(1)) }
        }
        global.tell(
            [opened] + (added.map { [$0] } ?? []),
            [("home", .string(home)), ("account", .string(account.name)), ("admin", JSONValue(admin))],
            "opened the account \(account.name) in \(home)")
        if admin == nil, !global.json, !global.quiet {
            Output.line("next: foxtrail agent add EMAIL --name NAME --role admin")
        }
    }
}
