import ContactSync
import Foundation
import Projections
import Yams

/// Settings as a YAML file holds them. Unknown keys are refused by name: a misspelt one must not pass in silence.
struct SettingsDocument {
    static let keys = [
        "tenant", "contactSync", "users", "fields", "phones", "customFields", "overwriteCustomFields", "accountEmail",
    ]

    var tenant: String?
    private let root: [String: Any]

    init(yaml: String, file: String) throws {
        let loaded: Any?
        do {
            loaded = try Yams.load(yaml: yaml)
        } catch {
            throw Failure(
                .badInput, "\(file) is not valid YAML: \("\(error)".split(whereSeparator: \.isNewline).first ?? "")")
        }
        guard let root = loaded as? [String: Any] else {
            throw Failure(.badInput, "\(file) holds no settings", ["foxtrail settings export prints the present ones"])
        }
        self.root = root
        try SettingsDocument.refuseUnknown(root, SettingsDocument.keys, in: "")
        tenant = root["tenant"].map { "\($0)" }
    }

    static func refuseUnknown(_ members: [String: Any], _ known: [String], in place: String) throws {
        for key in members.keys.sorted() where !known.contains(key) {
            let near = EditDistance.nearest(to: key, in: known)
            throw Failure(
                .badInput, "unknown setting \(place)\(key)", near.map { ["did you mean \(place)\($0)?"] } ?? [])
        }
    }

    /// The settings that this document makes of the present ones: what it does not name stays.
    func settings(from present: TenantSettings) throws -> TenantSettings {
        var new = present
        new.contactSync = try bool("contactSync") ?? present.contactSync
        new.overwriteCustomFields = try bool("overwriteCustomFields") ?? present.overwriteCustomFields
        new.accountEmail = try bool("accountEmail") ?? present.accountEmail
        if let users = root["users"] {
            guard users as? String == "all" else {
                throw Failure(.badInput, "users can only be `all`", ["groups are not there yet in this version"])
            }
            new.users = .all
        }
        if let fields = try members("fields") {
            try SettingsDocument.refuseUnknown(fields, ["email", "name"], in: "fields.")
            if let email = fields["email"] { new.mapping.email = try path(email, "fields.email") }
            if let name = fields["name"] { new.mapping.name = try path(name, "fields.name") }
        }
        if let phones = try members("phones") {
            try SettingsDocument.refuseUnknown(phones, PhoneType.allCases.map(\.rawValue), in: "phones.")
            new.mapping.phones = [:]
            for (name, value) in phones {
                if let type = PhoneType(rawValue: name) { new.mapping.phones[type] = try path(value, "phones.\(name)") }
            }
        }
        if let fields = try members("customFields") {
            new.mapping.customFields = try Dictionary(
                uniqueKeysWithValues: fields.map { ($0.key, try path($0.value, "customFields.\($0.key)")) })
        }
        return new
    }

    private func bool(_ key: String) throws -> Bool? {
        guard let value = root[key] else { return nil }
        guard let value = value as? Bool else { throw Failure(.badInput, "\(key) must be true or false") }
        return value
    }

    private func members(_ key: String) throws -> [String: Any]? {
        guard let value = root[key], !(value is NSNull) else { return nil }
        guard let value = value as? [String: Any] else {
            throw Failure(.badInput, "\(key) must hold names and properties")
        }
        return value
    }

    private func path(_ value: Any, _ place: String) throws -> PropertyPath {
        guard let text = value as? String, let path = PropertyPath(text) else {
            throw Failure(
                .badInput, "\(place): \"\(value)\" is not a property",
                ["foxtrail settings attributes lists the properties"])
        }
        return path
    }
}

extension TenantSettings {
    /// As `settings apply` takes it.
    func yaml(tenant: String) throws -> String {
        func quoted(_ text: String) -> String { String(decoding: CanonicalJSON(.string(text)).bytes, as: UTF8.self) }
        func flow(_ members: [(String, PropertyPath)]) -> String {
            "{" + members.map { "\(quoted($0.0)): \(quoted($0.1.description))" }.joined(separator: ", ") + "}"
        }
        return """
            tenant: \(tenant)
            contactSync: \(contactSync)
            users: all
            fields: {email: \(mapping.email), name: \(mapping.name)}
            phones: \(flow(mapping.phones.sorted { $0.key < $1.key }.map { ($0.key.rawValue, $0.value) }))
            customFields: \(flow(mapping.customFields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
            overwriteCustomFields: \(overwriteCustomFields)
            accountEmail: \(accountEmail)
            """
    }
}
