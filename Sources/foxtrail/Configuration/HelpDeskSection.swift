import ContactSync
import HappyFox
import Projections
import Yams

/// `helpDesk: embedded`, or `{happyfox: URL, apiKeyFile: FILE, limitShare: PERCENT}`, whole.
enum HelpDeskSection: SettingsSection {
    static let key = "helpDesk"
    private static let example = "helpDesk: {happyfox: \"https://acme.happyfox.com\", apiKeyFile: key.txt}"

    static func read(_ node: Node, _ file: SettingsFile, into settings: inout InstallationSettings) throws {
        if let kind = node.scalar?.string {
            guard kind == HelpDesk.Kind.embedded.rawValue else {
                throw file.yaml.failure(
                    node, "\(key) must be embedded, or hold a HappyFox account", ["such as \(example)"])
            }
            settings.desk = .embedded
            return
        }
        let known = ["happyfox", "apiKeyFile", "limitShare"]
        let members = try file.yaml.members(node, of: key, known: known, example: example)
        guard let address = members["happyfox"] else {
            throw file.yaml.failure(node, "\(key).happyfox has no value", ["such as \(example)"])
        }
        let text = try file.yaml.text(address, "\(key).happyfox")
        let root = try file.yaml.checked(address) { try HappyFoxRoot(text) }
        let share = try members["limitShare"].map { try self.share($0, file) }
        let old = settings.desk
        settings.desk = HelpDesk(kind: .happyfox, url: root.url, requestShare: share)
        let reference = SecretReference(members["apiKeyFile"], "\(key).apiKeyFile", .happyFoxKey)
        let use = SecretReference.Use(from: old.url, to: root.url, isSame: old == settings.desk)
        try reference.read(file, for: use, into: &settings)
        if let key = settings.newSecrets[.happyFoxKey] { _ = try file.yaml.checked(address) { try HappyFoxKey(key) } }
    }

    private static func share(_ node: Node, _ file: SettingsFile) throws -> Int {
        guard let share = Int(try file.yaml.text(node, "\(key).limitShare")), (1...100).contains(share) else {
            throw file.yaml.failure(node, "\(key).limitShare is a percentage from 1 to 100")
        }
        return share
    }

    static func changes(_ old: InstallationSettings, _ new: InstallationSettings) -> [SettingsChange] {
        func values(_ desk: HelpDesk) -> [(key: String, value: String?)] {
            [("happyfox", desk.url), ("limitShare", desk.requestShare.map { "\($0)%" })]
        }
        let changes = SettingsChange.between(key, values(old.desk), values(new.desk))
        return changes + SecretReference.changes(key, "apiKeyFile", new.newSecrets[.happyFoxKey])
    }

    /// Another key is a change too, though the event cannot hold it.
    static func events(_ old: InstallationSettings, _ new: InstallationSettings) -> [PlannedEvent] {
        if old.desk == new.desk, new.newSecrets[.happyFoxKey] == nil { return [] }
        return [PlannedEvent(.helpDeskChanged(.init(helpDesk: new.desk, relinks: false)), .helpDesk)]
    }

    static func written(_ settings: InstallationSettings) -> JSONValue? {
        guard settings.desk.isRemote else { return .string(settings.desk.kind.rawValue) }
        let share = settings.desk.requestShare.map { [("limitShare", JSONValue.number(String($0)))] } ?? []
        return .object(
            [("happyfox", JSONValue(settings.desk.url)), ("apiKeyFile", SecretReference.written(.happyFoxKey))] + share)
    }
}
