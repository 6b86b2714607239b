import ArgumentParser
import ContactSync
import Projections

struct FieldCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "field", abstract: "Custom fields of contacts.",
        subcommands: [FieldAdd.self, FieldList.self, FieldRemove.self])
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
        guard let type = FieldType(rawValue: type) else {
            throw Failure(
                .badInput, "unknown field type \(type)",
                ["one of \(FieldType.allCases.map(\.rawValue).joined(separator: ", "))"])
        }
        guard !name.isEmpty, name.count <= 100, !name.contains(where: { $0.isNewline || $0 == "\0" }) else {
            throw Failure(.badInput, "a field's name has 1 to 100 characters on one line")
        }
        guard type.hasChoices == !choice.isEmpty else {
            throw Failure(
                .badInput,
                type.hasChoices
                    ? "a \(type.plainName) field needs its choices" : "a \(type.plainName) field has no choices",
                type.hasChoices ? ["--choice A --choice B"] : [])
        }
        try global.change { transaction in
            if try Installation.fields(transaction.db).contains(where: { $0.name == name }) {
                throw Failure(.badInput, "there is a field \(name) already", ["foxtrail field list shows the fields"])
            }
            try transaction.append(
                .fieldDefined(.init(name: name, type: type, isRequired: required, choices: choice)), .field(name))
        }
        if !global.quiet { Output.line("added the \(type.plainName) field \(name)") }
    }
}

struct FieldList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the custom fields.")
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let fields = try global.readModels().read { try Installation.fields($0) }
        if global.json {
            for field in fields {
                Output.json([
                    ("name", .string(field.name)), ("type", .string(field.type.rawValue)),
                    ("required", .bool(field.isRequired)),
                    ("choices", .array(field.choices.map(JSONValue.string))),
                ])
            }
            return
        }
        Output.table(
            ["NAME", "TYPE", "REQUIRED", "CHOICES"],
            fields.map {
                [$0.name, $0.type.rawValue, $0.isRequired ? "yes" : "no", $0.choices.joined(separator: ", ")]
            })
    }
}

struct FieldRemove: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove a custom field.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The field's name.") var name: String

    func run() throws {
        try global.change { transaction in
            guard try Installation.fields(transaction.db).contains(where: { $0.name == name }) else {
                throw Failure(.badInput, "there is no field \(name)", ["foxtrail field list shows the fields"])
            }
            if let tenant = try Installation.tenants(transaction.db).first(where: {
                $0.settings.mapping.customFields[name] != nil
            }) {
                throw Failure(
                    .badInput, "the field \(name) is mapped in the settings of \(tenant.domain)",
                    ["take it out of the mapping first"])
            }
            try transaction.append(.fieldRemoved(.init(name: name)), .field(name))
        }
        if !global.quiet { Output.line("removed the field \(name)") }
    }
}
