import ContactSync
import Projections
import Yams

/// `notices: {email: [admins, ADDRESS], webhook: {url, secretFile, caFile}}`; either may be `none`, and stays as it is where
/// it is left out.
enum NoticesSection: SettingsSection {
    static let key = "notices"
    private static let example =
        "notices: {email: [admins], webhook: {url: https://hooks.acme.example/foxtrail, secretFile: secret.txt}}"

    static func read(_ node: Node, _ file: SettingsFile, into settings: inout InstallationSettings) throws {
        let members = try file.yaml.members(node, of: key, known: ["email", "webhook"], example: example)
        if let email = members["email"] { settings.recipients = try recipients(email, file, settings) }
        if let webhook = members["webhook"] { try read(webhook: webhook, file, into: &settings) }
    }

    private static func recipients(
        _ node: Node, _ file: SettingsFile, _ settings: InstallationSettings
    ) throws -> NoticeRecipients {
        if node.scalar?.string == "none" { return .none }
        let place = "\(key).email"
        let names = try file.yaml.elements(node, of: place, example: example).map { try file.yaml.text($0, place) }
        return try file.yaml.checked(node) {
            let (admins, addresses) = try NoticeSet.checked(emails: names)
            return settings.recipients.changed(admins: admins, emails: addresses, last: settings.lastAddress)
        }
    }

    private static func read(
        webhook node: Node, _ file: SettingsFile, into settings: inout InstallationSettings
    ) throws {
        if node.scalar?.string == "none" {
            settings.webhook = nil
            return
        }
        let place = "\(key).webhook"
        let members = try file.yaml.members(node, of: place, known: ["url", "secretFile", "caFile"], example: example)
        guard let url = members["url"], let secret = members["secretFile"] else {
            throw file.yaml.failure(node, "\(place) needs a url and a secretFile", ["such as \(example)"])
        }
        let address = try file.yaml.text(url, "\(place).url")
        try file.yaml.checked(url) { try NoticeSet.check(url: address) }
        let new = NoticeWebhook(url: address, hasOwnAuthority: members["caFile"] == nil ? nil : true)
        // It signs and is never sent, so the one in use may sign for a receiver that has moved, as `notice set` has it.
        let use: SecretReference.Use = settings.webhook == new ? .asBefore : .kept
        settings.webhook = new
        try SecretReference(secret, "\(place).secretFile", .webhookSecret).read(file, for: use, into: &settings)
        if let authority = members["caFile"] {
            try SecretReference(authority, "\(place).caFile", .webhookAuthority).read(file, for: use, into: &settings)
        }
    }

    static func changes(_ old: InstallationSettings, _ new: InstallationSettings) -> [SettingsChange] {
        SettingsChange.between(key, values(old), values(new))
            + SecretReference.changes(key, "webhook.secretFile", new.newSecrets[.webhookSecret])
            + SecretReference.changes(key, "webhook.caFile", new.newSecrets[.webhookAuthority])
    }

    private static func values(_ settings: InstallationSettings) -> [(key: String, value: String?)] {
        let names = names(settings.recipients)
        return [
            ("email", names.isEmpty ? nil : names.joined(separator: ", ")), ("webhook", settings.webhook?.url),
        ]
    }

    private static func names(_ recipients: NoticeRecipients) -> [String] {
        (recipients.admins ? ["admins"] : []) + recipients.addresses.map(\.email)
    }

    /// Another secret or authority is a change too, though the event cannot hold it.
    static func events(_ old: InstallationSettings, _ new: InstallationSettings) -> [PlannedEvent] {
        var events: [PlannedEvent] = []
        if old.recipients != new.recipients {
            events.append(PlannedEvent(.noticeRecipientsChanged(.init(recipients: new.recipients)), .notices))
        }
        let hasNewSecret = new.newSecrets[.webhookSecret] != nil || new.newSecrets[.webhookAuthority] != nil
        if old.webhook != new.webhook || hasNewSecret {
            events.append(PlannedEvent(.noticeWebhookChanged(.init(webhook: new.webhook)), .notices))
        }
        return events
    }

    static func written(_ settings: InstallationSettings) -> JSONValue? {
        let names = names(settings.recipients)
        return .object([
            ("email", names.isEmpty ? .string("none") : .array(names.map(JSONValue.string))),
            ("webhook", settings.webhook.map(written(_:)) ?? .string("none")),
        ])
    }

    private static func written(_ webhook: NoticeWebhook) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("url", .string(webhook.url)), ("secretFile", SecretReference.written(.webhookSecret)),
        ]
        if webhook.hasOwnAuthority == true { members.append(("caFile", SecretReference.written(.webhookAuthority))) }
        return .object(members)
    }
}
