import ContactSync
import Projections
import SyncEngine

/// Why a sync has no tenant to read.
enum NothingToSync {
    static func failure(_ global: GlobalOptions) throws -> Failure {
        let (isInstalled, all) = try global.readModels().read { db in
            (try Installation.isAppInstalled(db), try Installation.tenants(db))
        }
        guard isInstalled else { return Failure(describing: SyncError.appNotInstalled) }
        let tenants = all.filter { !$0.isDeleted }
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

    /// Whether nothing can be synced that should be, because Entra ID took authorizations back: nobody wanted that.
    static func isLoss(_ global: GlobalOptions) throws -> Bool {
        try global.readModels().read { db in
            let tenants = try Installation.tenants(db).filter { !$0.isDeleted && $0.settings.contactSync }
            return try Installation.isAppInstalled(db) && tenants.contains(where: \.isLost)
                && !tenants.contains(where: \.isActive)
        }
    }
}
