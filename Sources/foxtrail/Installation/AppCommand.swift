import ArgumentParser
import ContactSync
import Projections

struct AppCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "app", abstract: "The installed Entra ID integration.",
        subcommands: [AppInstall.self, AppStatus.self, AppUninstall.self])
}

struct AppInstall: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "install", abstract: "Install the Entra ID app.")
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let isNew = try global.change { transaction in
            guard let account = try Installation.account(transaction.db), account.plan.hasEntraSync else {
                throw Failure(
                    .notPermitted, "the account's plan does not have Entra ID sync",
                    ["it comes with the plans pro, enterprise-pro and unlimited-agents"])
            }
            if try Installation.isAppInstalled(transaction.db) { return false }
            try transaction.append(.appInstalled, .app)
            return true
        }
        if !global.quiet { Output.line(isNew ? "installed the Entra ID app" : "the Entra ID app is installed already") }
    }
}

struct AppStatus: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "Whether the app is installed.")
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let installed = try global.readModels().read { try Installation.isAppInstalled($0) }
        if global.json { return Output.json([("installed", .bool(installed))]) }
        Output.line(installed ? "installed" : "not installed")
    }
}

struct AppUninstall: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall", abstract: "Uninstall the app. Contacts and history stay.")
    @OptionGroup var global: GlobalOptions

    func run() throws {
        try global.change { transaction in
            if try Installation.isAppInstalled(transaction.db) { try transaction.append(.appUninstalled, .app) }
        }
        if !global.quiet { Output.line("uninstalled the Entra ID app; contacts and history stay") }
    }
}
