import ArgumentParser
import ContactSync

struct SettingsSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change one setting; enabling contact sync starts the first sync at once.",
        discussion: """
            Example: foxtrail settings set contactSync true
            Example: foxtrail settings set phones.mobile mobilePhone
            Example: foxtrail settings set "customFields.Employee number" none
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(
        help: """
            contactSync, overwriteCustomFields, accountEmail, users, fields.email, fields.name, phones.TYPE or \
            customFields.NAME.
            """)
    var key: String
    @Argument(
        help: "true or false, `all` for users, else a property; `none` ends the mapping of a phone or custom field.")
    var value: String
    @Option(help: ArgumentHelp("The tenant's id or one of its domains.", valueName: "tenant")) var tenant: String?

    func run() async throws {
        try await SettingsSave(global: global).save(tenant: tenant, changed)
    }

    private func changed(_ present: TenantSettings) throws -> TenantSettings {
        var new = present
        switch key {
        case "contactSync": new.contactSync = try bool()
        case "overwriteCustomFields": new.overwriteCustomFields = try bool()
        case "accountEmail": new.accountEmail = try bool()
        case "users":
            guard value == "all" else {
                throw Failure(.badInput, "users can only be `all`", ["groups are not there yet in this version"])
            }
            new.users = .all
        case "fields.email": new.mapping.email = try path()
        case "fields.name": new.mapping.name = try path()
        default: try setEntry(&new.mapping)
        }
        return new
    }

    /// An entry of one of the two maps whose entries come and go.
    private func setEntry(_ mapping: inout Mapping) throws {
        let parts = key.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 2, !parts[1].isEmpty else { throw unknown() }
        switch (parts[0], PhoneType(rawValue: parts[1])) {
        case ("phones", let type?): mapping.phones[type] = value == "none" ? nil : try path()
        case ("customFields", _):
            if value == "none", mapping.customFields[parts[1]] == nil {
                throw Failure(
                    .badInput, "the custom field \(parts[1]) is not mapped", ["foxtrail settings show tells what is"])
            }
            mapping.customFields[parts[1]] = value == "none" ? nil : try path()
        default: throw unknown()
        }
    }

    private func bool() throws -> Bool {
        guard let value = SettingsText.bool(value) else { throw Failure(.badInput, "\(key) must be true or false") }
        return value
    }

    private func path() throws -> PropertyPath {
        guard let path = PropertyPath(value) else {
            throw Failure(.badInput, SettingsText.noProperty(key, value), SettingsText.propertyHints)
        }
        return path
    }

    private func unknown() -> Failure {
        let phones = PhoneType.allCases.map { "phones.\($0.rawValue)" }
        let single = ["contactSync", "users", "fields.email", "fields.name", "overwriteCustomFields", "accountEmail"]
        switch key {
        case "tenant":
            return Failure(.badInput, "the tenant is not a setting", ["--tenant names whose setting is meant"])
        case "fields", "phones", "customFields":
            return Failure(
                .badInput, "\(key) holds several settings",
                [
                    "name one, such as \(key == "fields" ? "fields.email" : key == "phones" ? phones[0] : "customFields.NAME")"
                ])
        case _ where key.hasPrefix("phones."):
            return Failure(.badInput, "unknown setting \(key)", ["there are \(phones.joined(separator: ", "))"])
        default:
            let near = EditDistance.nearest(to: key, in: single + phones).map { "did you mean \($0)?" }
            return Failure(
                .badInput, "unknown setting \(key)",
                [near ?? "there are \((single + phones).joined(separator: ", ")) and customFields.NAME"])
        }
    }
}
