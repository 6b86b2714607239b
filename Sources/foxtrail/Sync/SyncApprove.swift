import ArgumentParser
import ContactSync
import GRDB
import Projections
import SyncEngine

struct SyncApprove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Let through what a guard holds; nothing else is read or changed.",
        discussion: """
            Example: foxtrail sync approve
            Example: foxtrail sync approve --only ann@contoso.example bob@contoso.example

            What the latest syncs have measured and held is decided now, without reading Entra ID. With --only the others \
            stay held. Where settings have changed since, `sync run` measures anew first. Exit codes are those of sync run.
            """)
    @OptionGroup var global: GlobalOptions
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Only these users, by the contact's or the user's address.", valueName: "email"))
    var only: [String] = []
    @Option(help: ArgumentHelp("Only this tenant: its id or one of its domains.", valueName: "tenant"))
    var tenant: String?

    func run() async throws {
        _ = try global.permittedActor()
        let approvals = try approvals()
        let session = SyncSession(global: global)
        let log = try await session.run { try await $0.approve(approvals, actor: $1) }
        try session.show(log)
        try session.conclude(log)
    }

    private func approvals() throws -> [SyncApproved] {
        let models = try global.readModels()
        return try models.read { db in
            let held = try held(in: HeldTenants.all(db), Installation.tenants(db))
            guard !only.isEmpty else {
                return try held.compactMap { tenant in
                    let count = try HeldRecords.count(of: tenant, db)
                    tell("\(tenant.domain): letting through \(NamedRecords.words(count))")
                    return tenant.hold.map { SyncApproved(tenant: tenant.id, held: $0.sync) }
                }
            }
            return try models.journal.read { journal in
                var named = NamedRecords(emails: only)
                for tenant in held {
                    try HeldRecords.each(of: tenant, db, journal: journal) { named.meet($0, $1, of: tenant) }
                }
                try named.refuseUnknown()
                for (tenant, users) in named.records {
                    tell("\(tenant.domain): letting through \(NamedRecords.words(users.count))")
                }
                return named.approvals
            }
        }
    }

    private func held(in held: [Tenant], _ all: [Tenant]) throws -> [Tenant] {
        let named = try tenant.map { try TenantLookup.find($0, in: all) }
        let held = held.filter { named == nil || $0.id == named?.id }
        guard !held.isEmpty else {
            throw Failure(
                .badInput, "nothing is held\(named.map { " of \($0.domain)" } ?? "")",
                ["foxtrail sync run measures what would change; foxtrail sync status tells what is held"])
        }
        for tenant in held {
            guard let hold = tenant.hold, tenant.settingsAt > hold.since else { continue }
            throw Failure(
                .badInput, "what is set for \(tenant.domain) has changed since sync \(hold.sync) was held",
                ["foxtrail sync run measures what it would change now"])
        }
        return held
    }

    private func tell(_ text: String) {
        if !global.quiet, !global.json { Output.line(Output.printable(text)) }
    }
}
