import ArgumentParser
import ContactSync
import Projections

struct SettingsExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print all settings as YAML for `settings apply`, or those of one tenant.",
        discussion: """
            Example: foxtrail settings export > acme.yaml
            Example: foxtrail settings export contoso.example --at 42 > old.yaml

            Without a tenant it is a stream of documents: the installation (account, app, help desk, agents, custom \
            fields of contacts, mail), then each tenant. Secrets are named by their files, relative to the home \
            directory, and never printed. Applied, a file goes back to how things were.
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption
    @Argument(help: "The tenant's id or one of its domains; else everything.") var tenant: String?

    func run() throws {
        let models = try moment.readModels(global)
        let all = try models.read { try Installation.tenants($0) }
        let installation = try tenant == nil ? models.read { try InstallationSettings.required($0) } : nil
        let tenants = try tenant.map { [try TenantLookup.find($0, in: all)] } ?? all.filter { !$0.isDeleted }
        // JSON is YAML, and `settings apply` takes it too.
        if global.json {
            if let installation { Output.json(installation.members) }
            return tenants.forEach { Output.json($0.settings.members(tenant: $0.domain)) }
        }
        let documents =
            (installation.map { [$0.yaml] } ?? []) + tenants.map { $0.settings.yaml(tenant: $0.domain) }
        Output.line(documents.joined(separator: "\n---\n"))
    }
}

extension InstallationSettings {
    /// What a file can say, in its order.
    var members: [(key: String, value: JSONValue)] {
        SettingsSections.all.compactMap { section in section.written(self).map { (section.key, $0) } }
    }

    /// As `settings apply` takes it.
    var yaml: String { members.map { $0.value.yaml(of: $0.key) }.joined(separator: "\n") }
}
