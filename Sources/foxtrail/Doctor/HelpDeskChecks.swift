import ContactSync
import GRDB
import HappyFox
import Projections

/// Whether the contacts can be written where they live.
struct HelpDeskChecks {
    let global: GlobalOptions
    let models: ReadModels

    func findings() async throws -> [Finding] {
        let (state, fields, tenants, zone) = try models.read { db in
            (
                try HelpDeskState.fetch(db), try Installation.fields(db), try Installation.tenants(db),
                try Installation.account(db)?.timeZone
            )
        }
        let unmapped = tenants.filter { $0.settings.contactSync }.compactMap { required(fields, $0) }
        guard state.desk.isRemote else {
            return [Finding("help desk", .ok, "contacts live here")] + unmapped
        }
        return [rights, await key(state.desk), penalty(state, zone)].compactMap(\.self) + unmapped
    }

    /// A field that must have a value and that nobody maps fails every new contact.
    private func required(_ fields: [FieldDefinition], _ tenant: Tenant) -> Finding? {
        let mapped = tenant.settings.mapping.customFields
        let missing = fields.filter { $0.isRequired && mapped[$0.name] == nil }.map(\.name)
        guard !missing.isEmpty else { return nil }
        return Finding(
            "required fields", .warn, "not mapped: \(missing.joined(separator: ", ")): every new contact fails",
            advice: "map them: foxtrail settings set \"customFields.\(missing[0])\" PROPERTY --tenant \(tenant.domain)"
        ).of(tenant.domain, tenant.id)
    }

    private var rights: Finding? {
        guard Secrets.mode(global.secrets.path(.happyFoxKey)) & 0o077 != 0 else { return nil }
        return Finding(
            "API key", .fail(.configuration), "other users of this machine can read it",
            advice: "chmod 600 \(global.secrets.path(.happyFoxKey))")
    }

    private func key(_ desk: HelpDesk) async -> Finding {
        do {
            let agents = try await HelpDeskAccess.with(global) { try await $0.probe() }
            let people = "\(agents) agent\(agents == 1 ? "" : "s")"
            return Finding("help desk", .ok, "\(desk.words) accepts the key; the account has \(people)")
        } catch {
            return Finding("help desk", failed: error)
        }
    }

    private func penalty(_ state: HelpDeskState, _ zone: String?) -> Finding? {
        guard let until = state.throttledUntil, until > Clock.now() else { return nil }
        return Finding(
            "request limits", .warn, "HappyFox refuses requests until \(Output.time(until, zone: zone))",
            advice: "a sync waits for that by itself; give it a smaller --limit-share where others use the account")
    }
}
