import ContactSync
import Projections
import Yams

/// `account: {name, timeZone, portalURL, plan}`; what is left out stays.
enum AccountSection: SettingsSection {
    static let key = "account"
    static let members = ["name", "timeZone", "portalURL", "plan"]

    static func read(_ node: Node, _ file: SettingsFile, into settings: inout InstallationSettings) throws {
        let example = "account: {timeZone: Europe/Berlin}"
        for (name, value) in try file.yaml.members(node, of: key, known: members, example: example) {
            let text = try file.yaml.text(value, "\(key).\(name)")
            try file.yaml.checked(value) { try set(name, text, in: &settings.account) }
        }
    }

    /// One member, as a file or `settings set` says it.
    static func set(_ name: String, _ value: String, in account: inout Account) throws {
        switch name {
        case "name": account.name = try AccountCheck.name(value)
        case "timeZone": account.timeZone = try AccountCheck.timeZone(value)
        case "portalURL": account.portalURL = try AccountCheck.portalURL(value)
        case "plan": account.plan = try AccountCheck.plan(value)
        default:
            let near = EditDistance.nearest(to: name, in: members).map { "did you mean \(key).\($0)?" }
            throw Failure(
                .badInput, "unknown setting \(key).\(name)", [near ?? "there are \(members.joined(separator: ", "))"])
        }
    }

    static func changes(_ old: InstallationSettings, _ new: InstallationSettings) -> [SettingsChange] {
        SettingsChange.between(key, values(old.account), values(new.account))
    }

    static func events(_ old: InstallationSettings, _ new: InstallationSettings) -> [PlannedEvent] {
        old.account == new.account ? [] : [PlannedEvent(.accountChanged(.init(account: new.account)), .account)]
    }

    static func written(_ settings: InstallationSettings) -> JSONValue? {
        .object(values(settings.account).map { ($0.key, JSONValue($0.value)) })
    }

    private static func values(_ account: Account) -> [(key: String, value: String?)] {
        [
            ("name", account.name), ("timeZone", account.timeZone), ("portalURL", account.portalURL),
            ("plan", account.plan.rawValue),
        ]
    }
}
