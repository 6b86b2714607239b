import ArgumentParser
import ContactSync
import Projections

struct AppCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "app", abstract: "The installed Entra ID integration.",
        discussion: "Example: foxtrail app status",
        subcommands: [AppInstall.self, AppStatus.self, AppUninstall.self])
}

struct AppInstall: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install", abstract: "Install the Entra ID app; the account's plan must have it.",
        discussion: "Example: foxtrail app install --as ann@acme.example")
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let events: [Event] = try global.change { transaction in
            guard let account = try Installation.account(transaction.db), account.plan.hasEntraSync else {
                throw AppInstall.refused()
            }
            if try Installation.isAppInstalled(transaction.db) { return [] }
            try transaction.append(.appInstalled, .app)
            return [.appInstalled]
        }
        global.tell(
            events, [("installed", .bool(true))],
            events.isEmpty ? "the Entra ID app is installed already" : "installed the Entra ID app")
    }

    static func refused(_ hints: [String] = []) -> Failure {
        Failure(
            .notPermitted, "the account's plan does not have Entra ID sync",
            ["it comes with the plans pro, enterprise-pro and unlimited-agents"] + hints)
    }
}

struct AppStatus: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show whether the app is installed.",
        discussion: "Example: foxtrail app status --json")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption

    func run() throws {
        let installed = try moment.readModels(global).read { try Installation.isAppInstalled($0) }
        if global.json { return Output.json([("installed", .bool(installed))]) }
        Output.line(installed ? "installed" : "not installed")
    }
}

struct AppUninstall: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall", abstract: "Uninstall the app; contacts and history stay.",
        discussion: "Example: foxtrail app uninstall --as ann@acme.example")
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let events: [Event] = try global.change { transaction in
            guard try Installation.isAppInstalled(transaction.db) else { return [] }
            try transaction.append(.appUninstalled, .app)
            return [.appUninstalled]
        }
        global.tell(
            events, [("installed", .bool(false))],
            events.isEmpty
                ? "the Entra ID app is not installed" : "uninstalled the Entra ID app; contacts and history stay")
    }
}
