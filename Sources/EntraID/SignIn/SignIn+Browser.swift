internal import HTTP

extension SignIn {
    /// Prepares a sign-in in a browser.
    ///
    /// - Parameter redirectURI: Where the browser comes back to, as registered: `RedirectListener.redirectURI`.
    package func browserRequest(redirectURI: String) -> BrowserRequest {
        let (state, nonce, verifier) = (Base64URL.random(), Base64URL.random(), Secret(Base64URL.random()))
        let query: Form = [
            ("client_id", clientID), ("response_type", "code"), ("redirect_uri", redirectURI),
            ("response_mode", "query"), ("scope", Scopes.delegated(endpoints)), ("state", state), ("nonce", nonce),
            ("code_challenge", BrowserRequest.challenge(of: verifier)), ("code_challenge_method", "S256"),
            // Whoever administers the tenant is seldom the one who is signed in.
            ("prompt", "select_account"), ("claims", TokenClaims.json()),
        ]
        return BrowserRequest(
            url: url("oauth2/v2.0/authorize?") + PercentEncoding.form(query), redirectURI: redirectURI, state: state,
            nonce: nonce, verifier: verifier)
    }

    /// Completes a sign-in.
    ///
    /// - Parameter query: What stands behind the question mark of the redirect.
    /// - Throws: An `EntraError` for a query that names one, or that belongs to another sign-in.
    package func finish(_ request: BrowserRequest, query: String) async throws -> SignedIn {
        let code = try request.code(in: query)
        let answer = try await tokenEndpoint.token(for: [
            ("client_id", clientID), ("grant_type", "authorization_code"), ("code", code.value),
            ("redirect_uri", request.redirectURI), ("code_verifier", request.verifier.value),
            ("scope", Scopes.delegated(endpoints)), ("claims", TokenClaims.json()),
        ])
        return try await finish(answer, nonce: request.nonce)
    }
}
