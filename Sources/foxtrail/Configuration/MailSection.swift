import ContactSync
import Mail
import Projections
import Yams

/// `mail: none`, or `{host, port, security, from, fromName, user, passwordFile, caFile}`, whole.
enum MailSection: SettingsSection {
    static let key = "mail"
    private static let known = [
        "host", "port", "security", "from", "fromName", "user", "passwordFile", "caFile",
    ]
    private static let example =
        "mail: {host: mail.acme.example, from: desk@acme.example, user: desk, passwordFile: secret.txt}"

    static func read(_ node: Node, _ file: SettingsFile, into settings: inout InstallationSettings) throws {
        if node.scalar?.string == "none" {
            settings.mail = nil
            return
        }
        let members = try file.yaml.members(node, of: key, known: known, example: example)
        let texts = try members.filter { !$0.key.hasSuffix("File") }.mapValues { try file.yaml.text($0, key) }
        guard let host = texts["host"], let from = texts["from"] else {
            throw file.yaml.failure(node, "\(key) needs a host and a from", ["such as \(example)"])
        }
        if let user = members["user"], members["passwordFile"] == nil {
            throw file.yaml.failure(user, "\(key).user needs a passwordFile")
        }
        if let password = members["passwordFile"], members["user"] == nil {
            throw file.yaml.failure(password, "\(key).passwordFile needs a user")
        }
        let old = settings.mail
        let new = try file.yaml.checked(node) {
            try MailSet.checked(
                host: host, port: try port(texts["port"]), security: texts["security"] ?? "starttls", from: from,
                fromName: texts["fromName"], user: texts["user"], hasOwnAuthority: members["caFile"] != nil)
        }
        settings.mail = new
        for (member, secret) in [("passwordFile", Secrets.Other.mailPassword), ("caFile", .mailAuthority)] {
            guard let node = members[member] else { continue }
            // Certificates are nobody's secret.
            let login = secret == .mailPassword ? old.flatMap { $0.user == nil ? nil : way(to: $0) } : nil
            let use = SecretReference.Use(from: login, to: way(to: new), isSame: old == new)
            try SecretReference(node, "\(key).\(member)", secret).read(file, for: use, into: &settings)
        }
    }

    /// Who reads what is sent there.
    private static func way(to mail: MailServer) -> String { "\(mail.address) with \(mail.security.words)" }

    private static func port(_ text: String?) throws -> Int? {
        try text.map { text in
            guard let port = Int(text) else { throw Failure(.badInput, "\(text) is not a port") }
            return port
        }
    }

    static func changes(_ old: InstallationSettings, _ new: InstallationSettings) -> [SettingsChange] {
        var changes = SettingsChange.between(key, values(old.mail), values(new.mail))
        if old.mail != new.mail, old.mail == nil || new.mail == nil {
            changes = [SettingsChange(key, old.mail.map(words), new.mail.map(words))]
        }
        return changes + SecretReference.changes(key, "passwordFile", new.newSecrets[.mailPassword])
            + SecretReference.changes(key, "caFile", new.newSecrets[.mailAuthority])
    }

    private static func words(_ mail: MailServer) -> String {
        "\(mail.address), from \(mail.from)\(mail.user.map { ", as \($0)" } ?? "")"
    }

    /// Another password or authority is a change too, though the event cannot hold it.
    static func events(_ old: InstallationSettings, _ new: InstallationSettings) -> [PlannedEvent] {
        let hasNewSecret = new.newSecrets[.mailPassword] != nil || new.newSecrets[.mailAuthority] != nil
        if old.mail == new.mail, !hasNewSecret { return [] }
        return [PlannedEvent(.mailServerChanged(.init(server: new.mail)), .mail)]
    }

    static func written(_ settings: InstallationSettings) -> JSONValue? {
        guard let mail = settings.mail else { return .string("none") }
        var members = values(mail).compactMap { key, value in
            value.map { (key, key == "port" ? JSONValue.number($0) : .string($0)) }
        }
        if mail.user != nil { members.append(("passwordFile", SecretReference.written(.mailPassword))) }
        if mail.hasOwnAuthority == true { members.append(("caFile", SecretReference.written(.mailAuthority))) }
        return .object(members)
    }

    private static func values(_ mail: MailServer?) -> [(key: String, value: String?)] {
        [
            ("host", mail?.host), ("port", mail.map { String($0.port) }), ("security", mail?.security.rawValue),
            ("from", mail?.from), ("fromName", mail?.fromName), ("user", mail?.user),
        ]
    }
}
