import ArgumentParser
import ContactSync
import Projections

struct TenantDisable: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Leave a tenant out of every sync until it is enabled; everything stays.",
        discussion: "Example: foxtrail tenant disable contoso.example")
    @OptionGroup var global: GlobalOptions
    @Argument(help: TenantLookup.help) var tenant: String?

    func run() throws {
        let (events, tenant) = try TenantSwitch.change(global, tenant) { tenant in
            guard tenant.isActive else { return [] }
            return [
                .tenantDisabled(
                    .init(
                        tenant: tenant.id, reason: TenantSwitch.reason, aadsts: nil,
                        advice: "foxtrail tenant enable switches it on again"))
            ]
        }
        let already = "\(tenant.domain) is disabled already: \(tenant.why ?? "")"
        global.tell(events, tenant.json, events.isEmpty ? already : "disabled \(tenant.domain)")
    }
}

struct TenantEnable: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Sync a disabled tenant again.",
        discussion: "Example: foxtrail tenant enable contoso.example")
    @OptionGroup var global: GlobalOptions
    @Argument(help: TenantLookup.help) var tenant: String?

    func run() throws {
        var lost: String?
        let (events, tenant) = try TenantSwitch.change(global, tenant) { tenant in
            lost = tenant.aadsts == nil ? nil : tenant.why
            return tenant.isActive ? [] : [.tenantEnabled(.init(tenant: tenant.id))]
        }
        global.tell(
            events, tenant.json,
            events.isEmpty ? "\(tenant.domain) is active already" : "✅ enabled \(tenant.domain)")
        guard let lost else { return }
        Notice.hint("it was disabled because \(lost)", quiet: global.quiet)
        Notice.hint("where that still holds: foxtrail tenant reauthorize \(tenant.domain)", quiet: global.quiet)
    }
}

enum TenantSwitch {
    /// Who it was, the journal tells as the event's actor.
    static let reason = "switched off by an agent"

    /// Appends what `decide` says, and returns the tenant as it then is.
    static func change(
        _ global: GlobalOptions, _ name: String?, withDeleted: Bool = false, _ decide: (Tenant) -> [Event]
    ) throws -> ([Event], Tenant) {
        try global.change { transaction in
            let tenant = try TenantLookup.find(
                name, in: Installation.tenants(transaction.db), withDeleted: withDeleted)
            let events = decide(tenant)
            for event in events { try transaction.append(event, .tenant(tenant.id)) }
            let now = try Installation.tenants(transaction.db).first { $0.id == tenant.id }
            return (events, now ?? tenant)
        }
    }
}
