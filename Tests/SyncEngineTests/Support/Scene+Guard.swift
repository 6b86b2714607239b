import ContactSync
import Projections
import SyncEngine
import Testing

extension Scene {
    /// What the guard holds of the first tenant.
    func held() throws -> TenantHeld? { try tenants[0].hold?.held }

    func guardBy(updates: Int? = nil, creates: Int? = nil) throws {
        try save { $0.guardLimits = GuardLimits(updates: updates, creates: creates) }
    }

    func rename(_ indices: some Sequence<Int>, _ name: String) throws {
        for index in indices { try rename(index, "\(name) \(index)") }
    }

    /// Lets through what is held of the first tenant, or some users of it.
    @discardableResult
    func approve(
        only users: [String]? = nil, store: Store? = nil, mailing: Mailing = .none
    ) async throws -> SyncLog {
        let home = (store ?? self.store).home
        let tenants = try ReadModels(home: home).read { try Installation.tenants($0) }
        let hold = try #require(tenants[0].hold)
        let approval = SyncApproved(tenant: hold.held.tenant, held: hold.sync, users: users)
        return try await syncer(.store(store ?? self.store), mailing).approve([approval], actor: "agent:1")
    }

    /// How many contacts have a name that begins so.
    func named(_ prefix: String) throws -> Int {
        try home.contacts().count { $0.contact.name.hasPrefix(prefix) }
    }
}
