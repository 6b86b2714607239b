import ContactSync
import EntraID
import HTTP
import Journal
import Projections

/// Authorizes a tenant, known or not, and records how it went.
struct Authorization {
    let global: GlobalOptions
    let options: SignInOptions
    let actor: String

    /// - Throws: A `Failure` for who may not, or where there is nothing to authorize for.
    init(_ global: GlobalOptions, _ options: SignInOptions) throws {
        self.global = global
        self.options = options
        actor = try global.permittedActor()
        guard try global.readModels().read({ try Installation.isAppInstalled($0) }) else {
            throw Failure(.configuration, "the Entra ID app is not installed", ["foxtrail app install"])
        }
    }

    /// - Parameters:
    ///   - tenant: An id or a domain; nil for the tenant of whoever signs in.
    ///   - known: The tenant that it must be, whose client, addresses and certificates go on where no other is named.
    func run(tenant: String?, way: Way, known: Tenant? = nil) async throws {
        let progress = ProgressLine(quiet: global.quiet)
        defer { progress.clear() }
        let authority = try options.caFile.map { try Secrets.text(of: $0, what: "certificate file") }
        let web = try Connection.web(caFile: options.caFile ?? known.flatMap(keptAuthority), progress: progress)
        guard let clientID = options.clientID ?? known?.authorized.clientID else {
            throw Failure(.usage, "--client-id is needed")
        }
        let secretExpiresAt = try secretExpiry(way, known)
        let endpoints = try options.endpoints() ?? known.map(keptEndpoints) ?? .cloud(.global)
        let request = AuthorizationRequest(
            tenant: tenant, clientID: clientID, endpoints: endpoints, way: way, web: web,
            waitsForConsent: options.consent, quiet: global.quiet)
        do {
            let (proof, organization, missing) = try await request.prove()
            try save(
                AuthorizedTenant(
                    request: request, proof: proof, organization: organization, authority: authority,
                    hasOwnAuthority: authority != nil || known?.authorized.hasOwnAuthority == true,
                    secretExpiresAt: secretExpiresAt))
            if !missing.isEmpty {
                let text = "groups cannot be read: \(missing.joined(separator: ", ")) is missing"
                Notice.hint(text, quiet: global.quiet)
            }
        } catch let error as EntraError {
            // Why it was refused matters more than that the journal could not take it in.
            do { try record(error, tenant ?? EntraID.SignIn.anyTenant) } catch { Failure(describing: error).print() }
            throw error
        }
        await web.shutdown()
    }

    /// What was said of a secret holds for as long as it is the same one.
    private func secretExpiry(_ way: Way, _ known: Tenant?) throws -> Int64? {
        let named = try options.secretExpiry()
        guard case .clientSecret = way else {
            if named == nil { return nil }
            throw Failure(.usage, "--secret-expires is for a client secret")
        }
        return named ?? (options.clientSecretFile == nil ? known?.authorized.expiresAt : nil)
    }

    private func keptAuthority(of tenant: Tenant) -> String? {
        tenant.authorized.hasOwnAuthority == true ? global.secrets.source(.authority, of: tenant.id) : nil
    }

    private func keptEndpoints(of tenant: Tenant) throws -> Endpoints {
        try Endpoints(authority: tenant.authorized.authority, graph: tenant.authorized.graph)
    }

    private func record(_ error: EntraError, _ tenant: String) throws {
        // An answer that is not what it claims to be is worth a record most of all; a network that is down says nothing.
        guard error.kind != .unavailable else { return }
        try Store(home: global.directory).transact(.init(actor: actor, time: Clock.now())) { transaction in
            _ = try transaction.append(
                .tenantAuthorizationFailed(.init(tenant: tenant, reason: error.message, aadsts: error.aadsts)), nil)
        }
    }

    private func save(_ new: AuthorizedTenant) throws {
        let (id, kind) = (new.event.tenant, Secrets.Kind(new.event.signIn))
        let (event, tenant) = try global.secrets.transact(
            .init(actor: actor, time: Clock.now()), in: Store(home: global.directory)
        ) { transaction, secrets in
            secrets.keep(new.proof.secret(), as: kind, of: id)
            if let authority = new.authority { secrets.keep(authority, as: .authority, of: id) }
            let isKnown = try Installation.tenants(transaction.db).contains { $0.id == id && !$0.isDeleted }
            let event = isKnown ? Event.tenantReauthorized(new.event) : .tenantAuthorized(new.event)
            try transaction.append(event, .tenant(id))
            return (event, try TenantLookup.find(id.rawValue, in: Installation.tenants(transaction.db)))
        }
        try global.secrets.remove(of: id, keeping: new.event.hasOwnAuthority == true ? [kind, .authority] : [kind])
        let what = new.event.signIn == .clientSecret ? "client secret" : "certificate"
        let until = new.event.expiresAt.map { ", \(what) good until \(Expiry.day($0))" } ?? ""
        global.tell([event], tenant.json, "✅ authorized \(tenant.authorized.displayName) (\(tenant.domain))\(until)")
        if let warning = Expiry.warning(of: tenant) { Notice.hint(warning, quiet: global.quiet) }
    }
}
