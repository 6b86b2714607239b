import ArgumentParser
import ContactSync

struct SettingsAttributes: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attributes", abstract: "List the Entra ID properties that can be mapped, and what they can fill.",
        discussion: """
            Example: foxtrail settings attributes
            Example: foxtrail settings attributes --for number --json

            Text can fill every kind of field; whether a value is a number, or one of a dropdown's choices, each record \
            tells. Directory extensions (extension_APPID_NAME) are text or numbers, and are not listed. With a property \
            that is "not in delta rounds" everybody is read at every sync, and not only what changed.
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Accepted for symmetry; every tenant has the same properties.") var tenant: String?
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "Only what can fill it: email, name, phone, or a text, number or dropdown field.", valueName: "target"))
    var target: String?

    func run() throws {
        if let target, !MappableProperty.targets.contains(target) {
            throw Usage.unknown("target", target, among: MappableProperty.targets)
        }
        let found = MappableProperty.all.filter { property in target.map { property.targets.contains($0) } ?? true }
        if global.json { return found.forEach { Output.json($0.json) } }
        // By type, in the order in which the types are first met: that of what can fill most.
        var types: [String] = []
        for property in found where !types.contains(property.type) { types.append(property.type) }
        for (index, type) in types.enumerated() {
            if index > 0 { Output.line("") }
            let properties = found.filter { $0.type == type && !$0.isAnotherOfAlike }
            Output.table([type.uppercased(), properties[0].words], properties.map { [$0.path, $0.notes] })
        }
    }
}

/// A property, or one value of a collection or an object, as a mapping names it.
private struct MappableProperty {
    static let targets = ["email", "name", "phone", "text", "number", "dropdown"]

    let path: String
    let type: String
    let notes: String
    let isInDelta: Bool
    /// What it can fill, by the check that settings go through when they are saved.
    let targets: [String]

    static let all: [MappableProperty] = PropertyCatalog.entra.properties.filter(\.isReadableInCollections)
        .flatMap { property in
            parts(of: property).map { path, type in MappableProperty(path, type, property) }
        }
        .filter { !$0.targets.isEmpty }

    private init(_ path: String, _ type: String, _ property: PropertyCatalog.Property) {
        (self.path, self.type) = (path, type)
        isInDelta = !PropertyCatalog.isRefusedByDelta(property.name)
        notes = ((isInDelta ? [] : ["not in delta rounds"]) + (property.notes.isEmpty ? [] : [property.notes]))
            .joined(separator: "; ")
        targets = PropertyPath(path).map { path in MappableProperty.targets.filter { path.canFill($0) } } ?? []
    }

    private static func parts(of property: PropertyCatalog.Property) -> [(path: String, type: String)] {
        if property.name == "signInActivity" {
            return PropertyCatalog.signInTimes.map { ("signInActivity/\($0)", "date and time") }
        }
        if property.type == "Collection(Edm.String)" { return [("\(property.name)[0]", "text")] }
        let members = PropertyCatalog.members[property.name] ?? []
        let whole = (property.name, PropertyCatalog.plainName(ofType: property.type))
        return members.isEmpty ? [whole] : members.map { ("\(property.name)/\($0)", "text") }
    }

    /// One of fifteen alike, of which people are shown the first.
    var isAnotherOfAlike: Bool {
        path.hasPrefix("onPremisesExtensionAttributes/") && !path.hasSuffix("/extensionAttribute1")
    }

    var words: String {
        let parts = [("email", "e-mail"), ("name", "name"), ("phone", "phones")].filter { targets.contains($0.0) }
        let fields = targets.filter { ["text", "number", "dropdown"].contains($0) }
        return "FILLS " + (parts.map(\.1) + ["\(fields.joined(separator: ", ")) fields"]).joined(separator: ", ")
    }

    var json: [(key: String, value: JSONValue)] {
        [
            ("name", .string(path)), ("type", .string(type)), ("delta", .bool(isInDelta)),
            ("mappableTo", .array(targets.map(JSONValue.string))), ("notes", .string(notes)),
        ]
    }
}

extension PropertyPath {
    /// Whether a mapping of this to a target can be saved.
    fileprivate func canFill(_ target: String) -> Bool {
        guard var mapping = Mapping.initial else { return false }
        var fields: [FieldDefinition] = []
        switch target {
        case "email": mapping.email = self
        case "name": mapping.name = self
        case "phone": mapping.phones = [.mobile: self]
        default:
            mapping.customFields = [target: self]
            fields = [FieldDefinition(name: target, type: FieldType(rawValue: target), choices: ["true", "false"])]
        }
        return MappingCheck.faults(of: mapping, fields: fields).isEmpty
    }
}
