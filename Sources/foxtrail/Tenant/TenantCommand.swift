import ArgumentParser
import ContactSync
import Projections

struct TenantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant", abstract: "The Entra ID tenants that are synced.",
        discussion: "Example: foxtrail tenant list",
        subcommands: [
            TenantAuthorize.self, TenantReauthorize.self, TenantList.self, TenantShow.self, TenantDisable.self,
            TenantEnable.self, TenantDelete.self,
        ])
}

struct TenantList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the tenants; ✅ marks the active ones.",
        discussion: "Example: foxtrail tenant list --json")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption
    @Flag(help: "Also list the deleted ones, which --json does always.") var all = false

    func run() throws {
        let models = try moment.readModels(global)
        let tenants = try models.read { try Installation.tenants($0) }
        if global.json { tenants.forEach { Output.json($0.json) } } else { show(tenants) }
        for tenant in tenants where !tenant.isDeleted && !models.isPast {
            if let warning = Expiry.warning(of: tenant) { Notice.hint(warning, quiet: global.quiet) }
        }
    }

    private func show(_ tenants: [Tenant]) {
        let shown = tenants.filter { all || !$0.isDeleted }
        Output.table(
            ["", "TENANT", "NAME", "ID", "SIGN-IN", "SYNC"],
            shown.map { tenant in
                [
                    tenant.isActive ? "✅" : "—", tenant.domain, tenant.authorized.displayName, tenant.id.rawValue,
                    tenant.signIn, tenant.settings.contactSync ? "on" : "off",
                ]
            })
        // Below the table, where no terminal is too narrow for it.
        for tenant in shown where !tenant.isActive {
            let words = [tenant.status, tenant.why].compactMap(\.self).joined(separator: ": ")
            Output.line(Output.printable("\(tenant.domain) is \(words)"))
            if let advice = tenant.advice { Output.line(Output.printable("to do: \(advice)")) }
        }
    }
}

struct TenantShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one tenant whole.",
        discussion: "Example: foxtrail tenant show contoso.example")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption
    @Argument(help: TenantLookup.help) var tenant: String?

    func run() throws {
        let models = try moment.readModels(global)
        let tenants = try models.read { try Installation.tenants($0) }
        let tenant = try TenantLookup.find(tenant, in: tenants, withDeleted: true)
        if global.json { Output.json(tenant.json) } else { show(tenant) }
        if !models.isPast, !tenant.isDeleted, let warning = Expiry.warning(of: tenant) {
            Notice.hint(warning, quiet: global.quiet)
        }
    }

    private func show(_ tenant: Tenant) {
        let authorized = tenant.authorized
        Output.record([
            ("tenant", tenant.domain), ("name", authorized.displayName), ("id", tenant.id.rawValue),
            ("domains", authorized.domains.joined(separator: ", ")),
            (
                "status",
                tenant.isActive ? "✅ active" : [tenant.status, tenant.why].compactMap(\.self).joined(separator: ": ")
            ),
            ("advice", tenant.advice ?? ""), ("sign-in", tenant.signIn), ("client id", authorized.clientID),
            ("authority", authorized.authority), ("graph", authorized.graph),
            ("trusts", authorized.hasOwnAuthority == true ? "an own certificate authority too" : ""),
            ("authorized", Output.time(tenant.authorizedAt)),
            ("contact sync", tenant.settings.contactSync ? "on" : "off"),
        ])
    }
}
