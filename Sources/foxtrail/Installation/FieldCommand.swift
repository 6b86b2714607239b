import ArgumentParser
import ContactSync
import Projections

struct FieldCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "field", abstract: "Custom fields of contacts.",
        discussion: "Example: foxtrail field list",
        subcommands: [FieldAdd.self, FieldList.self, FieldRemove.self, FieldPullCommand.self])
}

struct FieldAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Define a custom field.",
        discussion: "Example: foxtrail field add Region --type dropdown --choice EMEA --choice APAC --required")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The field's name.") var name: String
    @Option(help: "text, number, dropdown, multiple-choice or date.") var type: String
    @Flag(help: "A contact must have a value.") var required = false
    @Option(help: "One choice of a dropdown; repeat it for each.") var choice: [String] = []

    func run() throws {
        let type = FieldType(rawValue: type)
        let field = FieldDefinition(name: name, type: type, isRequired: required, choices: choice)
        try FieldAdd.check(field)
        try global.change { transaction in
            try HelpDeskSettings.expectEmbedded(transaction.db, "custom fields", "foxtrail field pull reads them")
            if try Installation.fields(transaction.db).contains(where: { $0.name == name }) {
                throw Failure(.badInput, "there is a field \(name) already", ["foxtrail field list shows the fields"])
            }
            try transaction.append(.fieldDefined(field), .field(name))
        }
        global.tell([.fieldDefined(field)], field.json, "added the \(type.plainName) field \(name)")
    }
}

extension FieldAdd {
    /// What a custom field can be, whoever says it.
    static func check(_ field: FieldDefinition) throws {
        let (name, type) = (field.name, field.type)
        guard FieldType.allCases.contains(type) else {
            throw Usage.unknown("field type", type.rawValue, among: FieldType.allCases.map(\.rawValue))
        }
        guard !name.isEmpty, name.count <= 100, !name.contains(where: { $0.isNewline || $0 == "\0" }) else {
            throw Failure(.badInput, "a field's name has 1 to 100 characters on one line")
        }
        guard type.hasChoices == !field.choices.isEmpty else {
            throw Failure(
                .badInput,
                type.hasChoices
                    ? "a \(type.plainName) field needs its choices" : "a \(type.plainName) field has no choices",
                type.hasChoices ? ["--choice A --choice B"] : [])
        }
        guard Set(field.choices).count == field.choices.count, field.choices.allSatisfy({ !$0.isEmpty }) else {
            throw Failure(.badInput, "a choice is there twice", ["each --choice stands once"])
        }
    }
}

struct FieldList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the custom fields.", discussion: "Example: foxtrail field list")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption

    func run() throws {
        let fields = try moment.readModels(global).read { try Installation.fields($0) }
        if global.json {
            return fields.forEach { Output.json($0.json) }
        }
        Output.table(
            ["NAME", "TYPE", "REQUIRED", "CHOICES"],
            fields.map {
                [
                    $0.name, $0.type.rawValue + ($0.type.isMappable ? "" : " (not mappable)"),
                    $0.isRequired ? "yes" : "no", $0.choices.joined(separator: ", "),
                ]
            })
    }
}

struct FieldRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove a custom field that is not mapped.",
        discussion: "Example: foxtrail field remove Region")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The field's name.") var name: String

    func run() throws {
        let field = try global.change { transaction in
            try HelpDeskSettings.expectEmbedded(transaction.db, "custom fields", "foxtrail field pull reads them")
            guard let field = try Installation.fields(transaction.db).first(where: { $0.name == name }) else {
                throw Failure(.badInput, "there is no field \(name)", ["foxtrail field list shows the fields"])
            }
            if let tenant = try Installation.tenants(transaction.db).first(where: {
                $0.settings.mapping.customFields[name] != nil
            }) {
                throw Failure(
                    .badInput, "the field \(name) is mapped in the settings of \(tenant.domain)",
                    ["foxtrail settings set \"customFields.\(name)\" none --tenant \(tenant.domain)"])
            }
            try transaction.append(.fieldRemoved(.init(name: name)), .field(name))
            return field
        }
        global.tell([.fieldRemoved(.init(name: name))], field.json, "removed the field \(name)")
    }
}

extension FieldDefinition {
    var json: [(key: String, value: JSONValue)] {
        [
            ("name", .string(name)), ("type", .string(type.rawValue)), ("required", .bool(isRequired)),
            ("choices", .array(choices.map(JSONValue.string))), ("mappable", .bool(type.isMappable)),
            ("id", JSONValue(id)),
        ]
    }
}
