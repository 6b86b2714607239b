internal import ContactSync
internal import FoundationEssentials
package import HTTP

/// The access tokens of one tenant: fetched when needed, kept while they last, asked for once however many wait.
package actor TokenSource {
    private let endpoint: TokenEndpoint
    private let endpoints: Endpoints
    private let credential: Credential
    private let now: @Sendable () -> ContinuousClock.Instant
    private var refreshToken: Secret?
    private var challenge: JSONValue?
    private var kept: (token: AccessToken, until: ContinuousClock.Instant)?
    private var underWay: Task<AccessToken, any Error>?

    /// - Parameters:
    ///   - tenant: An id or a verified domain.
    ///   - now: The clock that tokens age by; a test has its own.
    package init(
        endpoints: Endpoints, tenant: String, credential: Credential, web: WebClient,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        endpoint = TokenEndpoint(endpoints, tenant: tenant, web: web)
        self.endpoints = endpoints
        self.credential = credential
        self.now = now
        if case .delegated(_, let token, _) = credential { refreshToken = token }
    }

    /// A token that is good for a while.
    ///
    /// - Throws: `EntraError`, or what the credential's `store` throws.
    package func token() async throws -> AccessToken { try await current().token }

    /// As `token()`, and whether the token was there before: such a one knows of no permission granted since.
    func current() async throws -> (token: AccessToken, isKept: Bool) {
        if let kept, now() < kept.until { return (kept.token, true) }
        return (try await fetched(), false)
    }

    /// A token other than one that was refused; callers who were refused together share one request.
    ///
    /// - Throws: As `token()`.
    package func renewed(after stale: AccessToken) async throws -> AccessToken {
        try await renewed(after: stale, challenge: nil)
    }

    /// - Parameter challenge: What Graph asked the next token to satisfy.
    func renewed(after stale: AccessToken, challenge: JSONValue?) async throws -> AccessToken {
        if kept?.token == stale {
            kept = nil
            self.challenge = challenge
        }
        return try await token()
    }

    /// Everyone who waits is of one command: whoever is cancelled ends the request for all of them.
    private func fetched() async throws -> AccessToken {
        if let underWay { return try await TokenSource.value(of: underWay) }
        let task = Task { try await fetch() }
        underWay = task
        defer { underWay = nil }
        let token = try await TokenSource.value(of: task)
        kept = (token, now() + token.usefulLife)
        return token
    }

    private static func value(of task: Task<AccessToken, any Error>) async throws -> AccessToken {
        try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private func fetch() async throws -> AccessToken {
        let answer = try await endpoint.token(for: form())
        challenge = nil
        if case .delegated(_, _, let store) = credential, let rotated = answer.refresh, rotated != refreshToken {
            try store(rotated)
            refreshToken = rotated
        }
        return answer.access
    }

    /// The forms of learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow and refresh-tokens.
    private func form() async throws(EntraError) -> Form {
        let client = [("client_id", credential.clientID)]
        let claims = [("claims", TokenClaims.json(answering: challenge))]
        let application = [("scope", Scopes.application(endpoints))]
        switch credential {
        case .clientSecret(_, let secret):
            return client + application + [("client_secret", secret), ("grant_type", "client_credentials")] + claims
        case .certificate(let clientID, let certificate):
            let assertion = try await certificate.assertion(
                clientID: clientID, audience: endpoint.url, now: Int64(Date().timeIntervalSince1970))
            let type = ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            return client + application
                + [type, ("client_assertion", assertion), ("grant_type", "client_credentials")] + claims
        case .delegated(_, let initial, _):
            return client + [
                ("scope", Scopes.delegated(endpoints)), ("refresh_token", (refreshToken ?? initial).value),
                ("grant_type", "refresh_token"),
            ] + claims
        }
    }
}
