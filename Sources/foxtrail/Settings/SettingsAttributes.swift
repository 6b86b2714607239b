import ArgumentParser
import ContactSync

struct SettingsAttributes: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attributes", abstract: "List the Entra ID properties that can be mapped.",
        discussion: """
            Example: foxtrail settings attributes --json

            With a property that is "not in delta rounds" everybody is read at every sync, and not only what changed.
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Accepted for symmetry; every tenant has the same properties.") var tenant: String?

    func run() throws {
        let mappable = PropertyCatalog.entra.properties.filter(\.isReadableInCollections)
        for property in mappable where global.json {
            Output.json([
                ("name", .string(property.name)), ("type", .string(PropertyCatalog.plainName(ofType: property.type))),
                ("delta", .bool(!PropertyCatalog.isRefusedByDelta(property.name))),
            ])
        }
        if global.json { return }
        Output.table(["PROPERTY", "TYPE", "NOTES"], mappable.flatMap { [row(of: $0)] + parts(of: $0) })
    }

    private func row(of property: PropertyCatalog.Property) -> [String] {
        let isRefused = PropertyCatalog.isRefusedByDelta(property.name)
        let notes = (isRefused ? ["not in delta rounds"] : []) + (property.notes.isEmpty ? [] : [property.notes])
        return [
            property.name, PropertyCatalog.plainName(ofType: property.type), notes.joined(separator: "; "),
        ]
    }

    private func parts(of property: PropertyCatalog.Property) -> [[String]] {
        if property.name == "signInActivity" {
            return PropertyCatalog.signInTimes.map { ["signInActivity/\($0)", "date and time", "not in delta rounds"] }
        }
        return (PropertyCatalog.members[property.name] ?? []).map { ["\(property.name)/\($0)", "text", ""] }
    }
}
