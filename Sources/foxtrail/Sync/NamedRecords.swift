import ContactSync
import Projections

/// The held records that have one of some addresses.
struct NamedRecords {
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
