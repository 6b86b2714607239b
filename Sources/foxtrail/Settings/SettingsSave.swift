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
        // A sync says so itself.
        if !enables, new.accountEmail, !old.accountEmail, try !hasMailServer {
            Notice.hint("account e-mails wait until a mail server is set: foxtrail mail set", quiet: global.quiet)
        }
        let session = SyncSession(global: global)
        guard enables else { return report(tenant, events, nil) }
        let log: SyncLog
        do { log = try await session.run(.enabled) } catch {
            report(tenant, events, nil)
            if error is CancellationError { throw error }
            let failure = Failure(describing: error)
            throw Failure(failure.code, failure.message, failure.hints + ["the settings are saved all the same"])
        }
        try report(tenant, events, session.json(log))
        if !global.json { try session.show(log) }
        try session.conclude(log)
    }

    private var hasMailServer: Bool {
        get throws { try global.readModels().read { try AccountMails.server($0) } != nil }
    }

    private func report(_ tenant: String, _ events: [Event], _ sync: JSONValue?) {
        if global.json { Output.change(events, [("tenant", .string(tenant)), ("sync", sync ?? .null)]) }
    }

    /// Asks the tenant for the groups, and not while the journal is locked. What is refused anyway is refused before.
    private func find(
        _ groups: [String]?, _ name: String?, _ edit: (TenantSettings) throws -> TenantSettings
    ) async throws -> [ChosenGroup]? {
        guard let groups else { return nil }
        _ = try global.permittedActor()
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
        // A fault that came since the mapping was saved must not keep anybody from changing something else.
        let known = MappingCheck.faults(of: tenant.settings.mapping, fields: fields)
        let faults = MappingCheck.faults(of: new.mapping, fields: fields).filter { !known.contains($0) }
        try refuse(faults, on: HelpDeskState.fetch(db).desk)
        return new
    }

    private func show(_ difference: SettingsDifference) {
        let lines = difference.lines + difference.notes.map { "note: \($0)" }
        for line in lines.isEmpty ? ["nothing to change"] : lines { Output.line(Output.printable(line)) }
    }

    private func refuse(_ faults: [MappingError], on desk: HelpDesk) throws {
        guard let first = faults.first else { return }
        throw Failure(
            .badInput, first.message, [first.hint(on: desk)] + faults.dropFirst().map { "also: \($0.message)" })
    }
}
