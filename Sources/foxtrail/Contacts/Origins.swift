import ContactSync
import GRDB
import Projections

/// Who made a contact, as tables call it: a sync out of a tenant's user, or somebody else.
struct Origins {
    private let domains: [TenantID: String]
    private let isRemote: Bool

    init(_ db: Database) throws {
        domains = try Dictionary(uniqueKeysWithValues: Installation.tenants(db).map { ($0.id, $0.domain) })
        isRemote = try HelpDeskState.fetch(db).desk.isRemote
    }

    func name(of listed: ListedContact) -> String {
        // How a contact came into a help desk elsewhere is not known here.
        guard listed.isFromEntra else { return isRemote ? "help desk" : "manual" }
        return "Entra ID (\(listed.user.map { domains[$0.tenant] ?? $0.tenant.rawValue } ?? "unknown"))"
    }
}
