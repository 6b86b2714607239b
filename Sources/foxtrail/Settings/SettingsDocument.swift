import ContactSync
import Foundation
import Yams

/// Settings as a YAML file holds them. Unknown keys are refused by name: a misspelt one must not pass in silence.
struct SettingsDocument {
    static let keys = [
        "tenant", "contactSync", "users", "fields", "phones", "customFields", "overwriteCustomFields", "accountEmail",
    ]

    private let yaml: SettingsYAML
    private let root: [SettingsYAML.Member]

    init(_ data: Data, file: String) throws {
        yaml = SettingsYAML(file: file)
        root = try yaml.members(of: data)
        try refuseUnknown(root, SettingsDocument.keys, in: "")
    }

    func tenant() throws -> String? {
        try root.first { $0.name == "tenant" }.map { try text($0.value, "tenant") }
    }

    /// The settings that this document makes of the present ones: what it does not name stays.
    func settings(from present: TenantSettings) throws -> TenantSettings {
        var new = present
        for (key, value) in root {
            switch key {
            case "contactSync": new.contactSync = try bool(value, key)
            case "overwriteCustomFields": new.overwriteCustomFields = try bool(value, key)
            case "accountEmail": new.accountEmail = try bool(value, key)
            case "users": new.users = try users(value)
            case "fields": try setFields(value, &new.mapping)
            case "phones": new.mapping.phones = try phones(value)
            case "customFields": new.mapping.customFields = try customFields(value)
            default: break
            }
        }
        return new
    }

    private func setFields(_ node: Node, _ mapping: inout Mapping) throws {
        let members = try members(node, "fields")
        try refuseUnknown(members, ["email", "name"], in: "fields.")
        for (name, value) in members {
            let path = try path(value, "fields.\(name)")
            if name == "email" { mapping.email = path } else { mapping.name = path }
        }
    }

    private func phones(_ node: Node) throws -> [PhoneType: PropertyPath] {
        let members = try members(node, "phones")
        try refuseUnknown(members, PhoneType.allCases.map(\.rawValue), in: "phones.")
        return try members.reduce(into: [:]) { phones, member in
            if let type = PhoneType(rawValue: member.name) {
                phones[type] = try path(member.value, "phones.\(member.name)")
            }
        }
    }

    private func customFields(_ node: Node) throws -> [String: PropertyPath] {
        try members(node, "customFields").reduce(into: [:]) { fields, member in
            fields[member.name] = try path(member.value, "customFields.\(member.name)")
        }
    }
}

/// Values by their kind. Every scalar is read as it is written: a custom field may be called `on`, `null` or `0123`.
extension SettingsDocument {
    private func refuseUnknown(_ members: [SettingsYAML.Member], _ known: [String], in place: String) throws {
        for (name, value) in members where !known.contains(name) {
            let near = EditDistance.nearest(to: name, in: known).map { "did you mean \(place)\($0)?" }
            throw yaml.failure(
                value, "unknown setting \(place)\(name)", [near ?? "there are \(known.joined(separator: ", "))"])
        }
    }

    private func members(_ node: Node, _ key: String) throws -> [SettingsYAML.Member] {
        guard node.mapping != nil else {
            throw yaml.failure(
                node, "\(key) must hold names and properties", ["such as {}, or leave \(key) out to keep what is set"])
        }
        return try yaml.members(of: node)
    }

    private func text(_ node: Node, _ key: String) throws -> String {
        guard let text = node.scalar?.string, !text.isEmpty else { throw yaml.failure(node, "\(key) has no value") }
        return text
    }

    private func bool(_ node: Node, _ key: String) throws -> Bool {
        guard let value = SettingsText.bool(try text(node, key)) else {
            throw yaml.failure(node, "\(key) must be true or false")
        }
        return value
    }

    private func users(_ node: Node) throws -> Selection {
        guard node.scalar?.string == "all" else {
            throw yaml.failure(node, "users can only be `all`", ["groups are not there yet in this version"])
        }
        return .all
    }

    private func path(_ node: Node, _ place: String) throws -> PropertyPath {
        let text = try text(node, place)
        guard let path = PropertyPath(text) else {
            throw yaml.failure(node, SettingsText.noProperty(place, text), SettingsText.propertyHints)
        }
        return path
    }
}

/// How a setting's value is written, in the file and on the command line alike.
enum SettingsText {
    static let propertyHints = ["foxtrail settings attributes lists the properties"]

    static func bool(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "on": true
        case "false", "no", "off": false
        default: nil
        }
    }

    static func noProperty(_ place: String, _ text: String) -> String { "\(place): \"\(text)\" is not a property" }
}
