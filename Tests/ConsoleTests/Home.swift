import ContactSync
import Foundation
import Journal
import Projections

/// A home directory with an account, deleted with the value.
final class Home {
    let path: String
    let store: Store
    let tenant = TenantID(rawValue: "11111111-2222-3333-4444-555555555555")

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("foxtrail-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        store = try Store(home: path, creating: true)
        let account = Account(name: "Acme", timeZone: "UTC", portalURL: "https://acme.example", plan: .pro)
        try append(.accountOpened(.init(journal: UUID().uuidString, account: account)), .account)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// - Parameter time: Milliseconds since 1970.
    func append(_ event: Event, _ subject: Subject? = nil, sync: Int64? = nil, at time: Int64 = 1000) throws {
        _ = try store.transact(Occasion(actor: "agent:1", sync: sync, time: time)) { transaction in
            try transaction.append(event, subject)
        }
    }

    func authorize(expiresAt: Int64) throws {
        try append(
            .tenantAuthorized(
                TenantAuthorized(
                    tenant: tenant, displayName: "Contoso \"GmbH\"", domains: ["contoso.example"], clientID: "app",
                    signIn: .certificate, authority: "https://login.example", graph: "https://graph.example",
                    expiresAt: expiresAt)), .tenant(tenant))
    }

    /// A sync that took two seconds.
    func sync(_ number: Int64, _ trigger: Trigger, at time: Int64, failing: Bool = false) throws {
        try append(
            .syncStarted(SyncStarted(trigger: trigger, engine: 1, tenants: [tenant])), sync: number, at: time)
        let totals = SyncTotals(new: 1, existing: 20, failed: 3)
        try append(
            failing ? .syncFailed(SyncFailed(reason: "no", totals: totals)) : .syncCompleted(.init(totals: totals)),
            sync: number, at: time + 2000)
    }
}
