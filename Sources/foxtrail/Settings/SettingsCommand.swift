import ArgumentParser
import ContactSync
import Foundation
import Projections

struct SettingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "What is synced from a tenant, and where to.",
        subcommands: [
            SettingsShow.self, SettingsExport.self, SettingsAttributes.self, SettingsApply.self, SettingsSet.self,
        ])
}

struct SettingsShow: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a tenant's settings.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "An id or a domain.") var tenant: String?

    func run() throws {
        let tenants = try global.readModels().read { try Installation.tenants($0) }
        let tenant = try TenantLookup.find(tenant, in: tenants)
        if global.json {
            let mapping = tenant.settings.mapping
            func object(_ members: [(String, PropertyPath)]) -> JSONValue {
                .object(members.map { ($0.0, .string($0.1.description)) })
            }
            return Output.json([
                ("tenant", .string(tenant.domain)), ("contactSync", .bool(tenant.settings.contactSync)),
                ("users", .string("all")),
                ("fields", object([("email", mapping.email), ("name", mapping.name)])),
                ("phones", object(mapping.phones.map { ($0.key.rawValue, $0.value) })),
                ("customFields", object(mapping.customFields.map { ($0.key, $0.value) })),
                ("overwriteCustomFields", .bool(tenant.settings.overwriteCustomFields)),
                ("accountEmail", .bool(tenant.settings.accountEmail)),
            ])
        }
        Output.line(try tenant.settings.yaml(tenant: tenant.domain))
    }
}

struct SettingsExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print a tenant's settings as YAML for `settings apply`.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "An id or a domain.") var tenant: String?

    func run() throws {
        let tenants = try global.readModels().read { try Installation.tenants($0) }
        let tenant = try TenantLookup.find(tenant, in: tenants)
        Output.line(try tenant.settings.yaml(tenant: tenant.domain))
    }
}

struct SettingsAttributes: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attributes", abstract: "List the Entra ID properties that can be mapped.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Accepted for symmetry; every tenant has the same properties.") var tenant: String?

    func run() throws {
        let mappable = PropertyCatalog.entra.properties.filter(\.isReadableInCollections)
        for property in mappable where global.json {
            Output.json([
                ("name", .string(property.name)), ("type", .string(PropertyCatalog.plainName(ofType: property.type))),
            ])
        }
        if global.json { return }
        Output.table(
            ["PROPERTY", "TYPE", "NOTES"],
            mappable.flatMap { property in
                [[property.name, PropertyCatalog.plainName(ofType: property.type), property.notes]]
                    + (PropertyCatalog.members[property.name] ?? []).map { ["\(property.name)/\($0)", "text", ""] }
            })
    }
}

struct SettingsApply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Save settings from a YAML file; enabling contact sync starts the first sync at once.",
        discussion: "Example: foxtrail settings export > settings.yaml; edit it; foxtrail settings apply settings.yaml")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The file, or - for stdin.") var file: String

    func run() async throws {
        let data =
            file == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
        guard let data else {
            throw Failure(.badInput, "the file \(file) cannot be read", ["check its name and rights"])
        }
        let document = try SettingsDocument(yaml: String(decoding: data, as: UTF8.self), file: file)
        try await SettingsSave(global: global).save(tenant: document.tenant) { try document.settings(from: $0) }
    }
}

struct SettingsSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change one setting.",
        discussion: "Examples: foxtrail settings set contactSync true; foxtrail settings set phones.mobile mobilePhone")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "A key of the settings file; phones.TYPE, fields.NAME and customFields.NAME for the maps.") var key:
        String
    @Argument(help: "The value; `none` takes a phone or custom field out of the mapping.") var value: String
    @Option(help: "An id or a domain.") var tenant: String?

    func run() async throws {
        try await SettingsSave(global: global).save(tenant: tenant) { present in
            guard let dot = key.firstIndex(of: ".") else {
                return try SettingsDocument(yaml: "\(key): \(value)", file: "the value").settings(from: present)
            }
            let (map, name) = (String(key[..<dot]), String(key[key.index(after: dot)...]))
            return try changed(present, map, name)
        }
    }

    private func changed(_ present: TenantSettings, _ map: String, _ name: String) throws -> TenantSettings {
        var new = present
        let path = PropertyPath(value)
        switch (map, PhoneType(rawValue: name)) {
        case ("phones", let type?): new.mapping.phones[type] = value == "none" ? nil : path
        case ("customFields", _): new.mapping.customFields[name] = value == "none" ? nil : path
        case ("fields", _) where name == "email": new.mapping.email = path ?? present.mapping.email
        case ("fields", _) where name == "name": new.mapping.name = path ?? present.mapping.name
        default:
            throw Failure(
                .badInput, "unknown setting \(key)", ["the keys are \(SettingsDocument.keys.joined(separator: ", "))"])
        }
        guard path != nil else {
            throw Failure(
                .badInput, "\"\(value)\" is not a property", ["foxtrail settings attributes lists the properties"])
        }
        return new
    }
}

/// Saves settings: shows the difference, refuses what can never work, and starts the first sync.
struct SettingsSave {
    let global: GlobalOptions

    func save(tenant name: String?, _ edit: (TenantSettings) throws -> TenantSettings) async throws {
        let events = try global.change { transaction in
            let tenant = try TenantLookup.find(name, in: Installation.tenants(transaction.db))
            let new = try edit(tenant.settings)
            try refuse(MappingCheck.faults(of: new.mapping, fields: Installation.fields(transaction.db)))
            let events = tenant.settings.changes(to: new, tenant: tenant.id)
            for event in events { try transaction.append(event, .tenant(tenant.id)) }
            if !global.quiet, !global.json { try show(tenant.settings, new, tenant.domain) }
            return events
        }
        for case .contactSyncEnabled in events { return try await SyncSession(global: global).run(.enabled) }
        if global.json { Output.json([("changed", .array(events.map { .string($0.type.rawValue) }))]) }
    }

    private func show(_ old: TenantSettings, _ new: TenantSettings, _ tenant: String) throws {
        let (before, after) = (
            try old.yaml(tenant: tenant).split(separator: "\n"), try new.yaml(tenant: tenant).split(separator: "\n")
        )
        if before == after { return Output.line("nothing to change") }
        for (left, right) in zip(before, after) where left != right {
            Output.line("- \(left)")
            Output.line("+ \(right)")
        }
    }

    private func refuse(_ faults: [MappingError]) throws {
        guard let first = faults.first else { return }
        let more = faults.dropFirst().map { "also: \($0.message)" }
        throw Failure(.badInput, first.message, more + [first.hint])
    }
}
