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
        return held
    }

    private func tell(_ text: String) {
        if !global.quiet, !global.json { Output.line(Output.printable(text)) }
    }
}

/// The held records that have one of some addresses.
private struct NamedRecords {
    let emails: [String]
    private var found: Set<String> = []
    private(set) var records: [(tenant: Tenant, users: [String])] = []

    init(emails: [String]) { self.emails = emails }

    mutating func meet(_ user: String, _ addresses: [String], of tenant: Tenant) {
        let matching = emails.filter { email in addresses.contains { EmailAddress.areSame($0, email) } }
        guard !matching.isEmpty else { return }
        found.formUnion(matching)
        if records.last?.tenant.id != tenant.id { records.append((tenant, [])) }
        records[records.count - 1].users.append(user)
    }

    func refuseUnknown() throws {
        let unknown = emails.filter { !found.contains($0) }
        guard unknown.isEmpty else {
            throw Failure(
                .badInput, "nothing is held of \(unknown.joined(separator: ", "))",
                ["foxtrail log report names whom the guard holds; nothing was let through"])
        }
    }

    static func words(_ count: Int) -> String { "\(count) held record\(count == 1 ? "" : "s")" }

    var approvals: [SyncApproved] {
        records.compactMap { tenant, users in
            tenant.hold.map { SyncApproved(tenant: tenant.id, held: $0.sync, users: users) }
        }
    }
}
