import ArgumentParser
import ContactSync
import Projections

struct TenantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant", abstract: "The Entra ID tenants that are synced.",
        subcommands: [TenantAuthorize.self, TenantList.self, TenantShow.self])
}

enum TenantLookup {
    static let help: ArgumentHelp = "The tenant's id or one of its domains; needed where there are several."

    /// By id or domain; with one tenant it may be left out.
    static func find(_ name: String?, in tenants: [Tenant]) throws -> Tenant {
        guard let name else {
            if tenants.count == 1, let only = tenants.first { return only }
            throw Failure(
                tenants.isEmpty ? .configuration : .usage,
                tenants.isEmpty ? "no tenant is authorized" : "there are several tenants: name one",
                [tenants.isEmpty ? "foxtrail tenant authorize" : tenants.map(\.domain).joined(separator: ", ")])
        }
        let wanted = name.lowercased()
        guard
            let tenant = tenants.first(where: {
                $0.id.rawValue == wanted || $0.authorized.domains.contains { $0.lowercased() == wanted }
            })
        else {
            throw Failure(.badInput, "no tenant \(name) is authorized", ["foxtrail tenant list shows the tenants"])
        }
        return tenant
    }
}

struct TenantList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the tenants; ✅ marks the active ones.",
        discussion: "Example: foxtrail tenant list --json")
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let tenants = try global.readModels().read { try Installation.tenants($0) }
        if global.json { return tenants.forEach { Output.json($0.json) } }
        Output.table(
            ["", "TENANT", "NAME", "ID", "SYNC", "WHY"],
            tenants.map { tenant in
                [
                    tenant.isActive ? "✅" : "—", tenant.domain, tenant.authorized.displayName, tenant.id.rawValue,
                    tenant.settings.contactSync ? "on" : "off",
                    tenant.isActive ? "" : "\(tenant.reason ?? ""); \(tenant.advice ?? "")",
                ]
            })
    }
}

struct TenantShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one tenant whole.",
        discussion: "Example: foxtrail tenant show contoso.example")
    @OptionGroup var global: GlobalOptions
    @Argument(help: TenantLookup.help) var tenant: String?

    func run() throws {
        let tenants = try global.readModels().read { try Installation.tenants($0) }
        let tenant = try TenantLookup.find(tenant, in: tenants)
        if global.json { return Output.json(tenant.json) }
        Output.record([
            ("tenant", tenant.domain), ("name", tenant.authorized.displayName), ("id", tenant.id.rawValue),
            ("domains", tenant.authorized.domains.joined(separator: ", ")),
            ("status", tenant.isActive ? "✅ active" : "disabled: \(tenant.reason ?? "")"),
            ("advice", tenant.advice ?? ""), ("client id", tenant.authorized.clientID),
            ("authority", tenant.authorized.authority), ("graph", tenant.authorized.graph),
            ("authorized", Output.time(tenant.authorizedAt)),
            ("contact sync", tenant.settings.contactSync ? "on" : "off"),
        ])
    }
}

extension Tenant {
    var json: [(key: String, value: JSONValue)] {
        [
            ("id", .string(id.rawValue)), ("displayName", .string(authorized.displayName)), ("domain", .string(domain)),
            ("status", .string(isActive ? "active" : "disabled")), ("reason", JSONValue(reason)),
            ("advice", JSONValue(advice)),
            ("authorizedAt", Output.json(time: authorizedAt)), ("syncEnabled", .bool(settings.contactSync)),
        ]
    }
}
