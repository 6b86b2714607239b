import ArgumentParser
import ContactSync
import Projections

struct SettingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "What is synced from a tenant, and where to.",
        subcommands: [
            SettingsShow.self, SettingsHistory.self, SettingsExport.self, SettingsAttributes.self, SettingsGroups.self,
            SettingsApply.self, SettingsSet.self,
        ])
}

struct SettingsShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a tenant's settings, and what in them no longer works.",
        discussion: "Example: foxtrail settings show contoso.example")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption
    @Argument(help: TenantLookup.help) var tenant: String?

    func run() throws {
        let (tenant, fields, desk) = try moment.readModels(global).read { db in
            (
                try TenantLookup.find(self.tenant, in: Installation.tenants(db)), try Installation.fields(db),
                try HelpDeskState.fetch(db).desk
            )
        }
        // Fields may go, or change their type, after they were mapped.
        let faults = MappingCheck.faults(of: tenant.settings.mapping, fields: fields)
        if global.json {
            let problems = faults.map {
                JSONValue.object([("text", .string($0.message)), ("advice", .string($0.advice(on: desk)))])
            }
            return Output.json(
                tenant.settings.members(tenant: tenant.domain) + [
                    ("groupNames", tenant.settings.namesOfGroups), ("problems", .array(problems)),
                ])
        }
        Output.line(Output.printable(tenant.settings.yaml(tenant: tenant.domain), keeping: ["\n"]))
        for fault in faults {
            Output.line("# \(Output.printable(fault.message))")
            Output.line("#   to mend it: \(Output.printable(fault.advice(on: desk)))")
        }
    }
}

struct SettingsExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print a tenant's settings as YAML for `settings apply`.",
        discussion: """
            Example: foxtrail settings export > settings.yaml
                     foxtrail settings export --at 42 > old.yaml     # to go back, apply it
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption
    @Argument(help: TenantLookup.help) var tenant: String?

    func run() throws {
        let tenants = try moment.readModels(global).read { try Installation.tenants($0) }
        let tenant = try TenantLookup.find(tenant, in: tenants)
        // JSON is YAML, and `settings apply` takes it too.
        if global.json { return Output.json(tenant.settings.members(tenant: tenant.domain)) }
        Output.line(tenant.settings.yaml(tenant: tenant.domain))
    }
}

struct SettingsApply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Save settings from a YAML file; enabling contact sync starts the first sync at once.",
        discussion: """
            Example: foxtrail settings export > settings.yaml
                     foxtrail settings apply settings.yaml

              users: all                                 everybody, or members of groups
              users: {groups: [Support, Sales]}          by name or id, nested ones too
              include: {guests: false, disabled: false}  leaves these out
              fullReadDays: 7                            days until all are read again
              guard: {updates: 20%, creates: 50%}        or off: a sync that would change
                                                         more, and 50 contacts at least,
                                                         is held until `sync approve`

            What the file does not name stays as it is. But phones, customFields, guard and users are replaced whole: \
            what one of them leaves out is mapped, limited or selected no longer. include and fields keep what they \
            leave out. Groups are looked up in Entra ID and saved by id.
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The file, or - for stdin.") var file: String

    func run() async throws {
        let document = try SettingsDocument(contentsOf: file)
        try await SettingsSave(global: global).save(tenant: try document.tenant(), groups: try document.groups()) {
            try document.settings(from: $0)
        }
    }
}
