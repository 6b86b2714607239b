import ArgumentParser
import ContactSync

struct SettingsSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change one setting; enabling contact sync starts the first sync at once.",
        discussion: """
            Example: foxtrail settings set contactSync true
            Example: foxtrail settings set users all
            Example: foxtrail settings set groups Support "Sales EMEA" 6f1c2a33-...
            Example: foxtrail settings set include.guests false
            Example: foxtrail settings set guard.updates 20%
            Example: foxtrail settings set phones.mobile mobilePhone
            Example: foxtrail settings set "customFields.Employee number" none
            Example: foxtrail settings set account.timeZone Europe/Paris

            Another time zone takes effect from the next day.
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(
        help: """
            contactSync, users, groups, include.guests, include.disabled, fields.email, fields.name, phones.TYPE, \
            customFields.NAME, overwriteCustomFields, accountEmail, fullReadDays, guard, guard.updates or guard.creates; account.name, \
            account.timeZone, account.portalURL or account.plan.
            """)
    var key: String
    @Argument(
        help: ArgumentHelp(
            """
            true or false; `all` for users; names or ids of groups, each an argument of its own; a number of days; a \
            share such as 20%, or `off`; else a property, or `none` to end the mapping of a phone or custom field.
            """, valueName: "value"))
    var values: [String]
    @Option(help: ArgumentHelp("The tenant's id or one of its domains.", valueName: "tenant")) var tenant: String?

    func run() async throws {
        if key.hasPrefix("account.") { return try await setAccount(String(key.dropFirst("account.".count))) }
        if key == "groups" {
            guard !values.contains(where: \.isEmpty) else {
                throw Failure(.badInput, SettingsText.noGroups, SettingsText.groupHints)
            }
            return try await SettingsSave(global: global).save(tenant: tenant, groups: values) { $0 }
        }
        try expectOneValue()
        try await SettingsSave(global: global).save(tenant: tenant, changed)
    }

    private func setAccount(_ name: String) async throws {
        try expectOneValue()
        guard tenant == nil else { throw Failure(.usage, "\(key) is the installation's: it takes no --tenant") }
        try await ConfigurationSave(global: global).apply { try AccountSection.set(name, value, in: &$0.account) }
    }

    private func expectOneValue() throws {
        guard values.count == 1 else {
            throw Failure(.usage, "\(key) takes one value", ["quote a value that holds spaces"])
        }
    }

    private var value: String { values.first ?? "" }

    private func changed(_ present: TenantSettings) throws -> TenantSettings {
        var new = present
        switch key {
        case "contactSync": new.contactSync = try bool()
        case "overwriteCustomFields": new.overwriteCustomFields = try bool()
        case "accountEmail": new.accountEmail = try bool()
        case "users":
            guard value == "all" else {
                throw Failure(
                    .badInput, "users can only be set to `all`",
                    ["foxtrail settings set groups NAME... selects the members of groups"])
            }
            new.selectAll()
        case "include.guests": new.include.guests = try bool()
        case "include.disabled": new.include.disabled = try bool()
        case "fullReadDays": new.fullReadDays = try days()
        case "fields.email": new.mapping.email = try path()
        case "fields.name": new.mapping.name = try path()
        default:
            if let limits = try SettingsGuard.set(key, value, in: new.guardLimits) {
                new.guardLimits = limits
            } else {
                try setEntry(&new.mapping)
            }
        }
        return new
    }

    /// An entry of one of the two maps whose entries come and go.
    private func setEntry(_ mapping: inout Mapping) throws {
        let parts = key.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 2, !parts[1].isEmpty else { throw SettingsKeys.unknown(key) }
        switch (parts[0], PhoneType(rawValue: parts[1])) {
        case ("phones", let type?): mapping.phones[type] = value == "none" ? nil : try path()
        case ("customFields", _):
            if value == "none", mapping.customFields[parts[1]] == nil {
                throw Failure(
                    .badInput, "the custom field \(parts[1]) is not mapped", ["foxtrail settings show tells what is"])
            }
            mapping.customFields[parts[1]] = value == "none" ? nil : try path()
        default: throw SettingsKeys.unknown(key)
        }
    }

    private func bool() throws -> Bool {
        guard let value = SettingsText.bool(value) else { throw Failure(.badInput, "\(key) must be true or false") }
        return value
    }

    private func days() throws -> Int {
        guard let days = SettingsText.days(value) else { throw Failure(.badInput, SettingsText.noDays) }
        return days
    }

    private func path() throws -> PropertyPath {
        guard let path = PropertyPath(value) else {
            throw Failure(.badInput, SettingsText.noProperty(key, value), SettingsText.propertyHints)
        }
        return path
    }
}
