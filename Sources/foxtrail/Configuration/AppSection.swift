import ContactSync
import Projections
import Yams

/// `app: true`: whether the Entra ID app is installed.
enum AppSection: SettingsSection {
    static let key = "app"

    static func read(_ node: Node, _ file: SettingsFile, into settings: inout InstallationSettings) throws {
        settings.hasApp = try file.yaml.bool(node, key)
    }

    static func check(_ old: InstallationSettings, _ new: InstallationSettings) throws {
        guard new.hasApp, !new.account.plan.hasEntraSync else { return }
        if old.hasApp, old.account.plan == new.account.plan { return }
        throw AppInstall.refused(old.hasApp ? ["or uninstall the app with it: app: false"] : [])
    }

    static func changes(_ old: InstallationSettings, _ new: InstallationSettings) -> [SettingsChange] {
        old.hasApp == new.hasApp ? [] : [SettingsChange(key, "\(old.hasApp)", "\(new.hasApp)")]
    }

    static func events(_ old: InstallationSettings, _ new: InstallationSettings) -> [PlannedEvent] {
        old.hasApp == new.hasApp ? [] : [PlannedEvent(new.hasApp ? .appInstalled : .appUninstalled, .app)]
    }

    static func written(_ settings: InstallationSettings) -> JSONValue? { .bool(settings.hasApp) }
}
