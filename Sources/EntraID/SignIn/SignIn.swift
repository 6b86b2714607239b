internal import FoundationEssentials
package import HTTP

/// Signing in as a person, by a code on another device or in the browser of this one.
///
/// Both ways end in `SignedIn`, whose refresh token becomes a `Credential`. Every function throws `EntraError` or
/// `CancellationError`.
package struct SignIn: Sendable {
    /// The authority of work and school accounts of any tenant.
    package static let anyTenant = "organizations"

    let endpoints: Endpoints
    let tenant: String
    let clientID: String
    let web: WebClient
    let check: IDTokenCheck
    let sleep: @Sendable (Duration) async throws -> Void

    /// - Parameters:
    ///   - tenant: An id or a verified domain; the default is the tenant of whoever signs in.
    ///   - now: Seconds since 1970.
    ///   - sleep: How the pauses between two polls are spent.
    /// - Throws: An `EntraError` for an authority that would let personal accounts in.
    package init(
        endpoints: Endpoints, tenant: String = SignIn.anyTenant, clientID: String, web: WebClient,
        now: @escaping @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) throws(EntraError) {
        guard !["common", "consumers", IDTokenCheck.personalAccounts].contains(tenant.lowercased()) else {
            throw EntraError.personalAccount
        }
        self.endpoints = endpoints
        self.tenant = tenant
        self.clientID = clientID
        self.web = web
        self.sleep = sleep
        check = IDTokenCheck(
            clientID: clientID, keys: SigningKeys(endpoints, tenant: tenant, web: web), now: now)
    }

    var tokenEndpoint: TokenEndpoint { TokenEndpoint(endpoints, tenant: tenant, web: web) }

    /// The address of a page or a service below the authority.
    func url(_ path: String) -> String { "\(endpoints.authority)/\(PercentEncoding.encode(tenant))/\(path)" }

    /// Believes who signed in only after the id token is verified.
    func finish(_ answer: TokenAnswer, nonce: String?) async throws -> SignedIn {
        guard let idToken = answer.idToken else {
            throw EntraError(.unexpected, "the sign-in service sent no id token")
        }
        let identity = try await check.identity(idToken, nonce: nonce)
        guard let refreshToken = answer.refresh else {
            throw EntraError(
                .unexpected, "the sign-in service sent no refresh token",
                hints: ["the app registration must allow offline_access"])
        }
        return SignedIn(identity: identity, refreshToken: refreshToken)
    }
}

/// A sign-in that was completed and verified.
package struct SignedIn: Sendable {
    /// Who it was, and in which tenant.
    package let identity: Identity
    /// To be stored, for `Credential.delegated`.
    package let refreshToken: Secret
}
