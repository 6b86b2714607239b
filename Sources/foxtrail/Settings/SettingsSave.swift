import ContactSync
import Projections

/// Saves settings: shows the difference, refuses what can never work, and starts the first sync.
struct SettingsSave {
    let global: GlobalOptions

    func save(tenant name: String?, _ edit: (TenantSettings) throws -> TenantSettings) async throws {
        let (old, new, tenant, events) = try global.change { transaction in
            let tenant = try TenantLookup.find(name, in: Installation.tenants(transaction.db))
            let new = try edit(tenant.settings)
            let fields = try Installation.fields(transaction.db)
            // A fault that came since the mapping was saved must not keep anybody from changing something else.
            let known = MappingCheck.faults(of: tenant.settings.mapping, fields: fields)
            try refuse(MappingCheck.faults(of: new.mapping, fields: fields).filter { !known.contains($0) })
            let events = tenant.settings.changes(to: new, tenant: tenant.id)
            for event in events { try transaction.append(event, .tenant(tenant.id)) }
            return (tenant.settings, new, tenant.domain, events)
        }
        if !global.quiet, !global.json { show(old, new, tenant) }
        let enables = events.contains { if case .contactSyncEnabled = $0 { true } else { false } }
        let session = SyncSession(global: global)
        guard enables else { return report(tenant, events, nil) }
        let log: SyncLog
        do { log = try await session.run(.enabled) } catch {
            report(tenant, events, nil)
            let failure = Failure(describing: error)
            throw Failure(failure.code, failure.message, failure.hints + ["the settings are saved all the same"])
        }
        try report(tenant, events, session.json(log))
        if !global.json { try session.show(log) }
        try session.conclude(log)
    }

    private func report(_ tenant: String, _ events: [Event], _ sync: JSONValue?) {
        if global.json { Output.change(events, [("tenant", .string(tenant)), ("sync", sync ?? .null)]) }
    }

    private func show(_ old: TenantSettings, _ new: TenantSettings, _ tenant: String) {
        if old == new { return Output.line("nothing to change") }
        let lines = [old, new].map { $0.yaml(tenant: tenant).split(separator: "\n") }
        for (left, right) in zip(lines[0], lines[1]) where left != right {
            Output.line("- \(Output.printable(String(left)))")
            Output.line("+ \(Output.printable(String(right)))")
        }
    }

    private func refuse(_ faults: [MappingError]) throws {
        guard let first = faults.first else { return }
        throw Failure(.badInput, first.message, [first.hint] + faults.dropFirst().map { "also: \($0.message)" })
    }
}
