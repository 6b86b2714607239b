import ArgumentParser
import ContactSync
import Projections

struct SettingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "What is synced from a tenant, and where to.",
        discussion: "Example: foxtrail settings export > acme.yaml",
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
