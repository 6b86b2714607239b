package import HTTP

/// The access tokens of one tenant: fetched when needed, kept while they last, asked for once however many wait.
package actor TokenSource {
    private let request: WebRequest
    private let web: WebClient
    private let now: @Sendable () -> ContinuousClock.Instant
    private var kept: (token: AccessToken, until: ContinuousClock.Instant)?
    private var underWay: Task<AccessToken, any Error>?

    /// - Parameters:
    ///   - tenant: An id or a verified domain.
    ///   - now: The clock that tokens age by; a test has its own.
    package init(
        endpoints: Endpoints, tenant: String, credential: Credential, web: WebClient,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        request = WebRequest(
            .post, "\(endpoints.authority)/\(PercentEncoding.encode(tenant))/oauth2/v2.0/token", service: "sign-in",
            headers: [("Accept", "application/json")],
            body: .form(credential.form(scope: endpoints.graph + "/.default")))
        self.web = web
        self.now = now
    }

    /// A token that is good for a while.
    ///
    /// - Throws: `EntraError`.
    package func token() async throws -> AccessToken {
        if let kept, now() < kept.until { return kept.token }
        return try await fetched()
    }

    /// A token other than one that was refused; callers who were refused together share one request.
    ///
    /// - Throws: `EntraError`.
    package func renewed(after stale: AccessToken) async throws -> AccessToken {
        if kept?.token == stale { kept = nil }
        return try await token()
    }

    /// The task belongs to everyone who waits, so one of them giving up does not end it for the rest.
    private func fetched() async throws -> AccessToken {
        if let underWay { return try await underWay.value }
        let task = Task { [web, request] in try await TokenSource.fetch(request, web) }
        underWay = task
        defer { underWay = nil }
        let token = try await task.value
        kept = (token, now() + token.usefulLife)
        return token
    }

    private static func fetch(_ request: WebRequest, _ web: WebClient) async throws -> AccessToken {
        let result: Result<AccessToken, EntraError> = try await web.ask(request) { response in
            if response.status == 200 {
                return AccessToken(answer: response.body).map { .value(.success($0)) } ?? .broken("no access token")
            }
            let failure = TokenFailure(status: response.status, body: response.body)
            if failure.consequence == .transient { return .busy(failure.entraError.message) }
            return .value(.failure(failure.entraError))
        }
        return try result.get()
    }
}
