import ContactSync
import Projections

/// How tenants stand. They are named by their ids, which name nobody.
struct TenantMetrics {
    struct Standing {
        let tenant: Tenant
        let synced: Int
        let failing: Int
    }

    let tenants: [Standing]
    /// Milliseconds since 1970.
    let now: Int64

    func write(to exposition: inout Exposition) {
        let (deleted, present) = (tenants.filter(\.tenant.isDeleted), tenants.filter { !$0.tenant.isDeleted })
        let active = present.filter(\.tenant.isActive)
        exposition.add(
            "foxtrail_tenants", .gauge, "Tenants by status.",
            [("active", active.count), ("disabled", present.count - active.count), ("deleted", deleted.count)].map {
                Exposition.Sample(Double($0.1), (name: "status", value: $0.0))
            })
        let each: [(name: String, help: String, value: (Standing) -> Int)] = [
            ("enabled", "Whether its contact sync is on.", { $0.tenant.settings.contactSync ? 1 : 0 }),
            ("active", "Whether it can be read, as far as is known.", { $0.tenant.isActive ? 1 : 0 }),
            ("synced_records", "Users whose record is in order.", \.synced),
            ("failing_records", "Users whose record fails until something changes.", \.failing),
        ]
        for (name, help, value) in each {
            exposition.add(
                "foxtrail_tenant_\(name)", .gauge, help,
                present.map { Exposition.Sample(Double(value($0)), (name: "tenant", value: $0.tenant.id.rawValue)) })
        }
        writeExpiry(of: present.map(\.tenant), to: &exposition)
    }

    private func writeExpiry(of tenants: [Tenant], to exposition: inout Exposition) {
        let expiring = tenants.compactMap { tenant in tenant.authorized.expiresAt.map { (tenant, $0) } }
        func samples(_ value: (Int64) -> Double) -> [Exposition.Sample] {
            expiring.map { tenant, expiry in
                Exposition.Sample(
                    value(expiry), (name: "tenant", value: tenant.id.rawValue),
                    (name: "credential", value: tenant.authorized.signIn.rawValue))
            }
        }
        let name = "foxtrail_tenant_credential_expiry"
        exposition.add(
            "\(name)_timestamp_seconds", .gauge, "When a secret or certificate expires, where that is known.",
            samples { Double($0) / 1000 })
        exposition.add(
            "\(name)_days", .gauge, "How many days are left.", samples { Double($0 - now) / Double(Milliseconds.day) })
    }
}
