import ContactSync
import GRDB
import Projections

/// Saves settings: shows the difference, refuses what can never work, and starts the first sync.
struct SettingsSave {
    let global: GlobalOptions

    /// - Parameter groups: Names or ids of groups that are to be selected; nil leaves the selection to the edit.
    func save(
        tenant name: String?, groups: [String]? = nil, _ edit: (TenantSettings) throws -> TenantSettings
    ) async throws {
        let actor = try global.permittedActor()
        let chosen = try await find(groups, name, edit)
        let (old, new, tenant, events) = try global.change { transaction in
            let tenant = try TenantLookup.find(name, in: Installation.tenants(transaction.db))
            var new = try checked(edit, tenant, transaction.db)
            if let chosen { new.select(chosen) }
            let events = tenant.settings.changes(to: new, tenant: tenant.id)
            for event in events { try transaction.append(event, .tenant(tenant.id)) }
            return (tenant.settings, new, tenant.domain, events)
        }
        if !global.quiet, !global.json { show(SettingsDifference(old: old, new: new)) }
        let enables = events.contains { if case .contactSyncEnabled = $0 { true } else { false } }
        let mails = new.accountEmail && !old.accountEmail
        try await SettingsEffect(global: global).follow(as: actor, enables: enables, beginsMailing: mails) {
            sync in
            if global.json { Output.change(events, [("tenant", .string(tenant)), ("sync", sync ?? .null)]) }
        }
    }

    /// Asks the tenant for the groups, and not while the journal is locked. What is refused anyway is refused before.
    private func find(
        _ groups: [String]?, _ name: String?, _ edit: (TenantSettings) throws -> TenantSettings
    ) async throws -> [ChosenGroup]? {
        guard let groups else { return nil }
        let tenant = try global.readModels().read { db in
            let tenant = try TenantLookup.find(name, in: Installation.tenants(db))
            _ = try checked(edit, tenant, db)
            return tenant
        }
        return try await EntraSession(global: global).with(tenant) { client in
            try await GroupChoice(client: client, selected: tenant.settings.chosenGroups).find(groups)
        }
    }

    /// The settings after an edit; refuses what can never work.
    func checked(
        _ edit: (TenantSettings) throws -> TenantSettings, _ tenant: Tenant, _ db: Database
    ) throws -> TenantSettings {
        let new = try edit(tenant.settings)
        let fields = try Installation.fields(db)
        try MappingChange.refuseFaults(
            [(tenant, new)], from: fields, to: fields, on: HelpDeskState.fetch(db).desk)
        return new
    }

    private func show(_ difference: SettingsDifference) {
        let lines = difference.lines + difference.notes.map { "note: \($0)" }
        for line in lines.isEmpty ? ["nothing to change"] : lines { Output.line(Output.printable(line)) }
    }
}
