import ContactSync
import Projections

/// Why a sync has no tenant to read.
enum NothingToSync {
    static func failure(_ global: GlobalOptions) throws -> Failure {
        let tenants = try global.readModels().read { try Installation.tenants($0) }.filter { !$0.isDeleted }
        if tenants.isEmpty { return Failure(.configuration, "no tenant is authorized", ["foxtrail tenant authorize"]) }
        let disabled = tenants.filter { !$0.isActive && $0.settings.contactSync }
        if disabled.isEmpty {
            return Failure(
                .configuration, "no tenant has contact sync switched on",
                ["foxtrail settings set contactSync true", "foxtrail tenant list shows the tenants"])
        }
        return Failure(
            .configuration, "every tenant with contact sync is disabled",
            disabled.map { tenant in
                "\(tenant.domain): " + [tenant.why, tenant.advice].compactMap(\.self).joined(separator: "; ")
            })
    }
}
