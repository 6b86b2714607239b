import ContactSync
import Foundation
import Yams

/// A tenant's settings as a YAML document holds them. Unknown keys are refused by name: a misspelt one must not pass in
/// silence.
struct SettingsDocument {
    static let keys = [
        "tenant", "contactSync", "users", "include", "fields", "phones", "customFields", "overwriteCustomFields",
        "accountEmail", "fullReadDays", "guard",
    ]

    private let yaml: SettingsYAML
    private let root: [SettingsYAML.Member]

    init(_ root: [SettingsYAML.Member], _ yaml: SettingsYAML) throws {
        (self.root, self.yaml) = (root, yaml)
        try yaml.refuseUnknown(root, SettingsDocument.keys, in: "")
    }

    func tenant() throws -> String? {
        try root.first { $0.name == "tenant" }.map { try yaml.text($0.value, "tenant") }
    }

    /// An error about the document as a whole, told where it begins.
    func failure(_ code: ExitCode = .badInput, _ message: String, _ hints: [String] = []) -> Failure {
        let failure = yaml.failure((root.first { $0.name == "tenant" } ?? root.first)?.value, message, hints)
        return Failure(code, failure.message, hints)
    }

    /// The names or ids of the groups that the document selects, which are yet to be found; nil where it selects none.
    func groups() throws -> [String]? {
        guard let node = root.first(where: { $0.name == "users" })?.value, node.scalar?.string != "all" else {
            return nil
        }
        guard node.mapping != nil else {
            throw yaml.failure(node, "users must be `all` or hold groups", ["such as users: {groups: [Support]}"])
        }
        let members = try yaml.members(of: node)
        try yaml.refuseUnknown(members, ["groups"], in: "users.")
        guard let groups = members.first?.value.sequence else {
            throw yaml.failure(node, "users.groups must be a list", ["such as users: {groups: [Support]}"])
        }
        guard !groups.isEmpty else { throw yaml.failure(node, SettingsText.noGroups, SettingsText.groupHints) }
        return try groups.map { try yaml.text($0, "a group of users.groups") }
    }

    /// The settings that this document makes of the present ones, but for groups: what it does not name stays.
    func settings(from present: TenantSettings) throws -> TenantSettings {
        var new = present
        for (key, value) in root {
            switch key {
            case "contactSync": new.contactSync = try yaml.bool(value, key)
            case "overwriteCustomFields": new.overwriteCustomFields = try yaml.bool(value, key)
            case "accountEmail": new.accountEmail = try yaml.bool(value, key)
            case "users": if value.scalar?.string == "all" { new.selectAll() }
            case "include": try setInclude(value, &new.include)
            case "fullReadDays": new.fullReadDays = try days(value)
            case "guard": new.guardLimits = try guardLimits(value)
            case "fields": try setFields(value, &new.mapping)
            case "phones": new.mapping.phones = try phones(value)
            case "customFields": new.mapping.customFields = try customFields(value)
            default: break
            }
        }
        return new
    }

    private func setInclude(_ node: Node, _ include: inout Inclusion) throws {
        guard node.mapping != nil else {
            throw yaml.failure(
                node, "include must hold guests or disabled", ["such as include: {guests: false, disabled: true}"])
        }
        let members = try yaml.members(of: node)
        try yaml.refuseUnknown(members, ["guests", "disabled"], in: "include.")
        for (name, value) in members {
            let isIn = try yaml.bool(value, "include.\(name)")
            if name == "guests" { include.guests = isIn } else { include.disabled = isIn }
        }
    }

    /// What is left out is not limited: both limits stand together, as the phones do.
    private func guardLimits(_ node: Node) throws -> GuardLimits {
        if let text = node.scalar?.string, SettingsText.bool(text) == false { return GuardLimits() }
        guard node.mapping != nil else {
            throw yaml.failure(node, "guard must be off or hold updates or creates", SettingsGuard.hints)
        }
        let members = try yaml.members(of: node)
        try yaml.refuseUnknown(members, SettingsGuard.keys, in: "guard.")
        return try members.reduce(into: GuardLimits()) { limits, member in
            let place = "guard.\(member.name)"
            guard let share = SettingsGuard.share(try yaml.text(member.value, place)) else {
                throw yaml.failure(member.value, SettingsGuard.noShare(place), SettingsGuard.hints)
            }
            if member.name == "updates" { limits.updates = share } else { limits.creates = share }
        }
    }

    private func setFields(_ node: Node, _ mapping: inout Mapping) throws {
        let members = try members(node, "fields")
        try yaml.refuseUnknown(members, ["email", "name"], in: "fields.")
        for (name, value) in members {
            let path = try path(value, "fields.\(name)")
            if name == "email" { mapping.email = path } else { mapping.name = path }
        }
    }

    private func phones(_ node: Node) throws -> [PhoneType: PropertyPath] {
        let members = try members(node, "phones")
        try yaml.refuseUnknown(members, PhoneType.allCases.map(\.rawValue), in: "phones.")
        return try members.reduce(into: [:]) { phones, member in
            if let type = PhoneType(rawValue: member.name) {
                phones[type] = try entry(member, of: "phones")
            }
        }
    }

    private func customFields(_ node: Node) throws -> [String: PropertyPath] {
        try members(node, "customFields").reduce(into: [:]) { fields, member in
            fields[member.name] = try entry(member, of: "customFields")
        }
    }
}

/// Values by their kind. Every scalar is read as it is written: a custom field may be called `on`, `null` or `0123`.
extension SettingsDocument {
    private func members(_ node: Node, _ key: String) throws -> [SettingsYAML.Member] {
        guard node.mapping != nil else {
            throw yaml.failure(
                node, "\(key) must hold names and properties", ["such as {}, or leave \(key) out to keep what is set"])
        }
        return try yaml.members(of: node)
    }

    private func days(_ node: Node) throws -> Int {
        let text = try yaml.text(node, "fullReadDays")
        guard let days = SettingsText.days(text) else { throw yaml.failure(node, SettingsText.noDays) }
        return days
    }

    /// What a phone or custom field is mapped to. To end a mapping, others write none or nothing; here it is left out.
    private func entry(_ member: SettingsYAML.Member, of map: String) throws -> PropertyPath {
        let place = "\(map).\(member.name)"
        if let text = member.value.scalar?.string, ["", "none", "null", "~"].contains(text.lowercased()) {
            throw yaml.failure(
                member.value, "\(place) has no property",
                ["to map it no longer, leave it out: \(map) as a whole is what the file says"])
        }
        return try path(member.value, place)
    }

    private func path(_ node: Node, _ place: String) throws -> PropertyPath {
        let text = try yaml.text(node, place)
        guard let path = PropertyPath(text) else {
            throw yaml.failure(node, SettingsText.noProperty(place, text), SettingsText.propertyHints)
        }
        return path
    }
}
