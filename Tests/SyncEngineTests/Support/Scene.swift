import ContactSync
import EntraID
import Foundation
import HTTP
import Journal
import Projections
import Simulators
import SyncEngine

/// A help desk in a temporary home, set up to sync a simulated tenant over real HTTP. Its clock ticks, nothing else.
final class Scene {
    let simulator: RunningSimulator
    let home: TemporaryHome
    let store: Store
    private let web: WebClient
    let clock = VirtualClock()
    /// How a help desk elsewhere is reached; nil where contacts live in the journal.
    var helpDesk: HelpDeskConnection?

    private init(_ simulator: RunningSimulator, _ web: WebClient) throws {
        self.simulator = simulator
        self.web = web
        home = try TemporaryHome()
        store = try Store(home: home.path, creating: true)
    }

    /// Runs `body` on a help desk whose contact sync is on and has not run yet.
    static func with<T>(
        users: Int = 30, seed: UInt64 = 1, pageSize: Int = 10, tenants: Int = 1, fields: [FieldDefinition] = [],
        settings: (inout TenantSettings) -> Void = { _ in }, _ body: (Scene) async throws -> T
    ) async throws -> T {
        var configuration = EntraSimulator.Configuration()
        (configuration.users, configuration.seed, configuration.pageSize) = (users, seed, pageSize)
        (configuration.tenants, configuration.clean) = (tenants, true)
        return try await EntraSimulator.with(configuration) { simulator in
            let web = try WebClient(Scene.webSettings)
            let result: Result<T, any Error>
            do {
                let scene = try Scene(simulator, web)
                try scene.open(fields)
                try scene.authorize(at: simulator.baseURL)
                try scene.save { settings(&$0) }
                result = .success(try await body(scene))
            } catch { result = .failure(error) }
            await web.shutdown()
            return try result.get()
        }
    }

    /// The environment's proxy is not for loopback, and waiting proves nothing.
    private static var webSettings: WebSettings {
        var settings = WebSettings()
        settings.environment = [:]
        // A machine that runs all tests at once may keep one waiting.
        settings.connectTimeout = .seconds(120)
        settings.idleTimeout = .seconds(300)
        settings.sleep = { _ in }
        return settings
    }

    var tenant: TenantID { TenantID(rawValue: simulator.configuration.tenantID) }

    /// Another help desk that is set to what this one is set to, and has not run yet.
    func twin() throws -> Scene {
        let twin = try Scene(simulator, web)
        let (fields, tenants) = try home.models().read { (try Installation.fields($0), try Installation.tenants($0)) }
        try twin.open(fields)
        for tenant in tenants {
            try twin.authorize(at: tenant.authorized.graph, tenant: tenant.id, domain: tenant.domain)
            try twin.save(tenant: tenant.id) { $0 = tenant.settings }
        }
        return twin
    }

    func wait(days: Int64) { clock.advance(days * 86_400_000) }

    private func now() -> Int64 { clock.tick() }

    /// What an agent does by hand; `sync` writes into a sync instead.
    @discardableResult
    func act<T>(sync: Int64? = nil, _ body: (Store.Transaction) throws -> T) throws -> T {
        try store.transact(Occasion(actor: "agent:1", sync: sync, time: now()), body)
    }

    private func open(_ fields: [FieldDefinition]) throws {
        let account = Account(name: "Acme", timeZone: "UTC", portalURL: "https://acme.example", plan: .pro)
        try act { transaction in
            try transaction.append(.accountOpened(.init(journal: UUID().uuidString, account: account)), .account)
            try transaction.append(.appInstalled, .app)
            for field in fields { try transaction.append(.fieldDefined(field), .field(field.name)) }
        }
    }

    /// Authorizes a tenant that is served at an address, or authorizes it again; one that was deleted begins anew.
    func authorize(at root: String, tenant id: TenantID? = nil, domain: String = "contoso.example") throws {
        let id = id ?? tenant
        let authorized = TenantAuthorized(
            tenant: id, displayName: "Contoso", domains: [domain], clientID: simulator.configuration.clientID,
            signIn: .clientSecret, authority: root, graph: root)
        try act { transaction in
            let isKnown = try Installation.tenants(transaction.db).contains { $0.id == id && !$0.isDeleted }
            try transaction.append(
                isKnown ? .tenantReauthorized(authorized) : .tenantAuthorized(authorized), .tenant(id))
        }
    }

    /// Saves settings as `settings apply` does, with contact sync on unless `change` says otherwise.
    func save(tenant id: TenantID? = nil, _ change: (inout TenantSettings) -> Void) throws {
        let id = id ?? tenant
        try act { transaction in
            guard let old = try Installation.tenants(transaction.db).first(where: { $0.id == id })?.settings else {
                return
            }
            var new = old
            new.contactSync = true
            change(&new)
            for event in old.changes(to: new, tenant: id) { try transaction.append(event, .tenant(id)) }
        }
    }

    /// Runs a sync; `store` names another installation than this one's own.
    @discardableResult
    func sync(
        store: Store? = nil, mailing: Mailing = .none, permit: Permit = .anything,
        recentRequests: [RecentRequest]? = nil, progress: @escaping (SyncProgress) -> Void = { _ in }
    ) async throws -> SyncLog {
        try await sync(
            .store(store ?? self.store), mailing: mailing, permit: permit, recentRequests: recentRequests,
            progress: progress)
    }

    /// Runs a sync for good, or only rehearses it.
    func sync(
        _ ledger: Ledger, mailing: Mailing = .none, permit: Permit = .anything,
        recentRequests: [RecentRequest]? = nil, progress: @escaping (SyncProgress) -> Void = { _ in }
    ) async throws -> SyncLog {
        try await syncer(ledger, mailing, recentRequests, progress).run(.manual, actor: "agent:1", permit: permit)
    }

    func syncer(
        _ ledger: Ledger? = nil, _ mailing: Mailing = .none, _ recentRequests: [RecentRequest]? = nil,
        _ progress: @escaping (SyncProgress) -> Void = { _ in }
    ) -> Syncer {
        Syncer(
            ledger: ledger ?? .store(store), connect: { [self] in try client($0.authorized) }, helpDesk: helpDesk,
            mailing: mailing, recentRequests: recentRequests, now: now, progress: progress)
    }

    func client(_ authorized: TenantAuthorized) throws -> EntraClient {
        EntraClient(
            endpoints: try Endpoints(authority: authorized.authority, graph: authorized.graph),
            tenant: authorized.tenant.rawValue,
            credential: .clientSecret(
                clientID: authorized.clientID, secret: simulator.configuration.clientSecret), web: web)
    }
}
