import ContactSync
import Projections
import Yams

/// `contactFields: [{name, type, required, choices}]`, the whole list: a field that is not in it is removed.
enum ContactFieldsSection: SettingsSection {
    static let key = "contactFields"
    private static let example =
        "contactFields: [{name: Region, type: dropdown, required: true, choices: [EMEA, APAC]}]"

    static func read(_ node: Node, _ file: SettingsFile, into settings: inout InstallationSettings) throws {
        var fields: [FieldDefinition] = []
        for element in try file.yaml.elements(node, of: key, example: example) {
            var field = try read(element, file)
            guard !fields.contains(where: { $0.name == field.name }) else {
                throw file.yaml.failure(element, "the field \(field.name) stands in the list twice")
            }
            if let known = settings.fields.first(where: { $0.name == field.name }) {
                field.id = known.id
                if field.choices == known.choices { field.choiceIDs = known.choiceIDs }
            }
            fields.append(field)
        }
        settings.fields = fields
    }

    private static func read(_ node: Node, _ file: SettingsFile) throws -> FieldDefinition {
        let yaml = file.yaml
        let known = ["name", "type", "required", "choices"]
        let members = try yaml.members(node, of: key, known: known, example: example)
        guard let name = members["name"], let type = members["type"] else {
            throw yaml.failure(node, "a field needs a name and a type", ["such as \(example)"])
        }
        let choices = try members["choices"].map { node in
            try yaml.elements(node, of: "\(key).choices", example: "choices: [EMEA, APAC]")
                .map { try yaml.text($0, "a choice") }
        }
        let field = FieldDefinition(
            name: try yaml.text(name, "\(key).name"),
            type: FieldType(rawValue: try yaml.text(type, "\(key).type")),
            isRequired: try members["required"].map { try yaml.bool($0, "\(key).required") } ?? false,
            choices: choices ?? [])
        try yaml.checked(node) { try FieldAdd.check(field) }
        return field
    }

    static func check(_ old: InstallationSettings, _ new: InstallationSettings) throws {
        guard new.desk.isRemote, !events(old, new).isEmpty else { return }
        throw Failure(
            .badInput, "contact fields belong to \(new.desk.words), where the contacts live",
            ["change them there, and leave \(key) out; each sync takes them over, and so does foxtrail field pull"])
    }

    static func changes(_ old: InstallationSettings, _ new: InstallationSettings) -> [SettingsChange] {
        let stay = new.fields.compactMap { field -> SettingsChange? in
            let before = old.fields.first { $0.name == field.name }
            return before == field ? nil : SettingsChange(key, before.map(words), words(field), isElement: true)
        }
        return stay + gone(old, new).map { SettingsChange(key, words($0), nil, isElement: true) }
    }

    static func events(_ old: InstallationSettings, _ new: InstallationSettings) -> [PlannedEvent] {
        let stay = new.fields.compactMap { field -> PlannedEvent? in
            guard let before = old.fields.first(where: { $0.name == field.name }) else {
                return PlannedEvent(.fieldDefined(field), .field(field.name))
            }
            return before == field ? nil : PlannedEvent(.fieldChanged(field), .field(field.name))
        }
        return stay
            + gone(old, new).map { PlannedEvent(.fieldRemoved(.init(name: $0.name)), .field($0.name), isLate: true) }
    }

    /// The fields of a help desk elsewhere are not ours to say.
    static func written(_ settings: InstallationSettings) -> JSONValue? {
        if settings.desk.isRemote { return nil }
        return .array(
            settings.fields.map { field in
                .object(
                    [
                        ("name", .string(field.name)), ("type", .string(field.type.rawValue)),
                        ("required", .bool(field.isRequired)),
                    ] + (field.choices.isEmpty ? [] : [("choices", .array(field.choices.map(JSONValue.string)))]))
            })
    }

    private static func gone(_ old: InstallationSettings, _ new: InstallationSettings) -> [FieldDefinition] {
        old.fields.filter { field in !new.fields.contains { $0.name == field.name } }
    }

    private static func words(_ field: FieldDefinition) -> String {
        let choices = field.choices.isEmpty ? "" : ": \(field.choices.joined(separator: ", "))"
        return "\(field.name) (\(field.isRequired ? "required " : "")\(field.type.plainName)\(choices))"
    }
}
