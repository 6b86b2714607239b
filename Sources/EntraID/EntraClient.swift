internal import ContactSync
package import HTTP

/// Reads one tenant through Microsoft Graph v1.0.
///
/// Every function throws `EntraError`, `CancellationError`, or what the `store` of a delegated credential throws.
package struct EntraClient: Sendable {
    /// The roots that are asked, and no others.
    package let endpoints: Endpoints
    let tenant: String
    let permissionKind: String
    let web: WebClient
    let tokens: TokenSource

    /// - Parameter tenant: An id or a verified domain; `common` and its like cannot be used without a user.
    package init(endpoints: Endpoints, tenant: String, credential: Credential, web: WebClient) {
        self.endpoints = endpoints
        self.tenant = tenant
        permissionKind = credential.permissionKind
        self.web = web
        tokens = TokenSource(endpoints: endpoints, tenant: tenant, credential: credential, web: web)
    }

    /// The tenant's id, name and domains. Needs the permission `Organization.Read.All`, or a signed-in user.
    package func organization() async throws -> Organization {
        let url = endpoints.graph + "/v1.0/organization"
        return try await get(url, permission: "Organization.Read.All") { (response) throws(EntraError) in
            let json: JSONValue
            do { json = try JSONValue(parsing: response.body) } catch { return .broken("an answer that is \(error)") }
            guard let organization = Organization(answer: json) else {
                throw EntraError(.unexpected, "graph named no organization", requestID: response.header("request-id"))
            }
            return .value(organization)
        }
    }

    /// What the sign-in service's clock shows, in seconds since 1970; nil where its answer has no `Date`.
    ///
    /// Needs no token, so it tells network and TLS from everything that comes after them.
    package func serverTime() async throws -> Int64? {
        try await web.ask(OpenIDMetadata.request(endpoints, tenant: tenant)) { response in
            // What answers instead of the service, such as a hotel's sign-in page, is no JSON.
            (try? JSONValue(parsing: response.body)) == nil
                ? .broken("an answer that is not JSON") : .value(response.date)
        }
    }
}
