internal import ContactSync
package import HTTP

/// Reads one tenant through Microsoft Graph v1.0.
///
/// Every function throws `EntraError`, or `CancellationError`.
package struct EntraClient: Sendable {
    /// The roots that are asked, and no others.
    package let endpoints: Endpoints
    let web: WebClient
    let tokens: TokenSource

    /// - Parameter tenant: An id or a verified domain; `common` and its like cannot be used without a user.
    package init(endpoints: Endpoints, tenant: String, credential: Credential, web: WebClient) {
        self.endpoints = endpoints
        self.web = web
        tokens = TokenSource(endpoints: endpoints, tenant: tenant, credential: credential, web: web)
    }

    /// The tenant's id, name and domains. Needs the application permission `Organization.Read.All`.
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

    /// One page of users, and where the next one is. Needs the application permission `User.Read.All`.
    ///
    /// A link is followed exactly as Graph gave it, and to no other origin than the one that was configured.
    package func usersPage(_ link: UsersLink) async throws -> UsersPage {
        let url = link.url(graph: endpoints.graph)
        try allow(url)
        var headers: [(name: String, value: String)] = []
        // `$top` is refused on delta; this asks for the same and may be ignored.
        if case .deltaStart = link { headers.append(("Prefer", "odata.maxpagesize=999")) }
        return try await get(url, permission: "User.Read.All", headers: headers) { (response) throws(EntraError) in
            try page(response, isDelta: link.isDelta)
        }
    }

    private func page(_ response: WebResponse, isDelta: Bool) throws(EntraError) -> Reading<UsersPage> {
        let body = response.body
        guard body.withUnsafeBufferPointer({ String(validating: $0, as: UTF8.self) != nil }) else {
            return .broken("a page that is not UTF-8")
        }
        let scan: PageScan
        do { scan = try PageScan(body.span) } catch { return .broken("a page that is \(error)") }
        let requestID = response.header("request-id")
        guard let objects = scan.objects else {
            throw EntraError(.unexpected, "graph sent a page without users", requestID: requestID)
        }
        let end = try end(scan, isDelta: isDelta, requestID)
        return .value(UsersPage(body: body, objects: objects, end: end, requestID: requestID))
    }

    private func end(_ scan: PageScan, isDelta: Bool, _ requestID: String?) throws(EntraError) -> UsersPage.End {
        if let link = scan.nextLink ?? scan.deltaLink {
            try allow(link)
            return scan.nextLink == nil ? .delta(link) : .next(link)
        }
        if !isDelta { return .last }
        throw EntraError(.unexpected, "graph ended a delta round without a delta link", requestID: requestID)
    }

    /// A token goes to the configured origin only, whatever a page says.
    private func allow(_ url: String) throws(EntraError) {
        let origin = WebOrigin(url)
        guard let origin, origin == WebOrigin(endpoints.graph) else {
            let stranger = origin.map { "\($0)" } ?? "something that is no web address"
            throw EntraError(
                .unexpected, "a link leads to \(stranger) instead of \(endpoints.graph)",
                hints: ["if the graph address was changed, the next sync must read everything again"])
        }
    }
}
