import ArgumentParser
import ContactSync
import EntraID
import HTTP
import Journal
import Projections

struct TenantAuthorize: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authorize", abstract: "Let foxtrail read a tenant; again for one that it knows to renew it.",
        discussion:
            "Example: foxtrail tenant authorize --tenant contoso.example --client-id 1111... --client-secret-file secret.txt"
    )
    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("The tenant's id or one of its domains.", valueName: "id|domain")) var tenant: String
    @Option(name: .customLong("client-id"), help: ArgumentHelp("The app registration's client id.", valueName: "id"))
    var clientID: String
    @Option(help: ArgumentHelp("A file whose first line is the client secret.", valueName: "file"))
    var clientSecretFile: String
    @Option(help: "global, usgov, usgov-dod or china. (default: global)") var cloud: String?
    @Option(
        help: ArgumentHelp("Another authority's root, such as https://login.microsoftonline.us.", valueName: "url"))
    var authority: String?
    @Option(help: ArgumentHelp("Another Graph root, such as https://graph.microsoft.us.", valueName: "url")) var graph:
        String?
    @Option(help: ArgumentHelp("PEM certificates to trust beside the system's.", valueName: "file")) var caFile: String?

    func run() async throws {
        let actor = try global.permittedActor()
        guard try global.readModels().read({ try Installation.isAppInstalled($0) }) else {
            throw Failure(.configuration, "the Entra ID app is not installed", ["foxtrail app install"])
        }
        let secret = try Secrets.read(file: clientSecretFile)
        let endpoints = try endpoints()
        let progress = ProgressLine(quiet: global.quiet)
        defer { progress.clear() }
        let web = try Connection.web(caFile: caFile, progress: progress)
        let client = EntraClient(
            endpoints: endpoints, tenant: tenant, credential: .clientSecret(clientID: clientID, secret: secret),
            web: web)
        let organization: Organization
        do {
            organization = try await client.organization()
        } catch let error as EntraError {
            try recordFailure(error, actor: actor)
            throw error
        }
        try save(organization, endpoints, secret, actor: actor)
        await web.shutdown()
    }

    private func endpoints() throws -> Endpoints {
        guard authority != nil || graph != nil else {
            guard let cloud = Cloud(rawValue: cloud ?? "global") else {
                throw Failure(.badInput, "unknown cloud \(cloud ?? "")", ["one of global, usgov, usgov-dod, china"])
            }
            return .cloud(cloud)
        }
        guard cloud == nil else { throw Failure(.usage, "--cloud names the authority and Graph already") }
        guard let authority, let graph else { throw Failure(.usage, "--authority and --graph go together") }
        return try Endpoints(authority: authority, graph: graph)
    }

    private func recordFailure(_ error: EntraError, actor: String) throws {
        guard error.kind == .authorizationRefused || error.kind == .permissionMissing else { return }
        try Store(home: global.directory).transact(.init(actor: actor, time: Clock.now())) { transaction in
            _ = try transaction.append(
                .tenantAuthorizationFailed(.init(tenant: tenant, reason: error.message, aadsts: error.aadsts)), nil)
        }
    }

    private func save(_ organization: Organization, _ endpoints: Endpoints, _ secret: String, actor: String) throws {
        let id = TenantID(rawValue: organization.id.lowercased())
        let domains =
            (organization.defaultDomain.map { [$0] } ?? [])
            + organization.domains.filter { $0 != organization.defaultDomain }
        let authorized = TenantAuthorized(
            tenant: id, displayName: organization.displayName, domains: domains, clientID: clientID,
            signIn: .clientSecret,
            authority: endpoints.authority, graph: endpoints.graph)
        // The secret first: an event that says "authorized" must never stand without it.
        try global.secrets.store(secret, for: id)
        let store = try Store(home: global.directory)
        let (event, tenant) = try store.transact(.init(actor: actor, time: Clock.now())) { transaction in
            let isKnown = try Installation.tenants(transaction.db).contains { $0.id == id }
            let event = isKnown ? Event.tenantReauthorized(authorized) : .tenantAuthorized(authorized)
            try transaction.append(event, .tenant(id))
            return (event, try TenantLookup.find(id.rawValue, in: Installation.tenants(transaction.db)))
        }
        global.tell([event], tenant.json, "✅ authorized \(organization.displayName) (\(tenant.domain))")
    }
}

/// How the adapters get at a tenant.
enum Connection {
    static func web(caFile: String? = nil, progress: ProgressLine) throws -> WebClient {
        var settings = WebSettings()
        settings.certificateFile = caFile
        settings.onWait = { progress.show($0) }
        return try WebClient(settings)
    }

    static func client(for tenant: Tenant, secrets: Secrets, web: WebClient) throws -> EntraClient {
        EntraClient(
            endpoints: try Endpoints(authority: tenant.authorized.authority, graph: tenant.authorized.graph),
            tenant: tenant.id.rawValue,
            credential: .clientSecret(clientID: tenant.authorized.clientID, secret: try secrets.load(for: tenant.id)),
            web: web)
    }
}
