/// Every number that a client has to know (3.3, 3.8, 3.9), with what comes with it. The mapping of a number to `error` is
/// official for few of them; the others have the likely one.
enum AADSTS {
    struct Row: Sendable {
        let error: String
        let message: String
        let status: Int
        let hasPage: Bool
        let suberror: String?

        init(_ error: String, _ message: String, status: Int? = nil, hasPage: Bool = true, suberror: String? = nil) {
            self.error = error
            self.message = message
            self.status = status ?? ["invalid_client": 401, "temporarily_unavailable": 503][error] ?? 400
            self.hasPage = hasPage
            self.suberror = suberror
        }
    }

    static let rows = people.merging(applications) { first, _ in first }.merging(protocols) { first, _ in first }

    /// About the person who signs in, and the session.
    private static let people: [Int: Row] = [
        16000: Row("interaction_required", "The account does not exist in this tenant."),
        50020: Row("invalid_grant", "The account comes from another identity provider and is no guest of the tenant."),
        500_208: Row("invalid_grant", "The account type is not valid for this tenant."),
        50034: Row("invalid_grant", "The user account does not exist in the directory."),
        50053: Row("invalid_grant", "The account is locked, or the address it signs in from looks malicious."),
        50055: Row("invalid_grant", "The password is expired."),
        50144: Row("invalid_grant", "The on-premises password is expired."),
        50057: Row("invalid_grant", "The user account is disabled."),
        50058: Row("login_required", "Nobody is signed in, and a silent sign-in was wanted."),
        50072: Row("interaction_required", "The user must enrol in multi-factor authentication."),
        50074: Row("interaction_required", "Strong authentication is required."),
        50076: Row(
            "interaction_required", "Multi-factor authentication is required.", suberror: "basic_action"),
        50079: Row("interaction_required", "The user must enrol in multi-factor authentication first."),
        50089: Row("invalid_grant", "The flow token is expired."),
        50105: Row("invalid_grant", "The signed-in user is not assigned to a role for the application."),
        50126: Row("invalid_grant", "The user name or password is wrong."),
        50134: Row("invalid_grant", "The code was given out by another data centre."),
        50173: Row("invalid_grant", "The grant was revoked; a fresh token is needed.", suberror: "bad_token"),
        50196: Row("invalid_grant", "The same request came too often: the client is in a loop."),
        53000: Row("interaction_required", "The device does not comply with Conditional Access."),
        53003: Row("interaction_required", "Access was blocked by Conditional Access.", suberror: "message_only"),
        65001: Row(
            "invalid_grant", "Nobody has consented to the use of the application.", suberror: "consent_required"),
        65004: Row("access_denied", "The user declined to consent to access the app."),
        70043: Row("invalid_grant", "The refresh token is too old for the sign-in frequency that is set."),
        70008: Row("invalid_grant", "The code or refresh token is expired."),
        70000: Row("invalid_grant", "The code or refresh token is not valid."),
        700_082: Row("invalid_grant", "The refresh token is expired because it was not used.", suberror: "bad_token"),
        54005: Row("invalid_grant", "The authorization code was already redeemed."),
        501_481: Row("invalid_grant", "The code_verifier does not match the code_challenge."),
        90072: Row("interaction_required", "The account of another directory is no guest of the tenant."),
    ]

    /// About the application, its credentials and what it may.
    private static let applications: [Int: Row] = [
        50011: Row("invalid_request", "The redirect URI is not one of those configured for the application."),
        500_112: Row("invalid_grant", "The reply address is not the one the code was requested with."),
        50012: Row("invalid_client", "The client's proof is not valid."),
        50013: Row("invalid_client", "The assertion is not valid: its audience is not this endpoint."),
        50027: Row("invalid_request", "The token is malformed."),
        50194: Row("unauthorized_client", "The application is not configured as multi-tenant."),
        500_011: Row("invalid_resource", "The resource principal was not found in the tenant."),
        650_052: Row("invalid_client", "The organization has not subscribed to the resource.", status: 400),
        650_056: Row("invalid_client", "The application is misconfigured.", status: 400),
        650_057: Row("invalid_resource", "The resource is not listed in the application's registration."),
        70001: Row("unauthorized_client", "The application is disabled."),
        700_016: Row("unauthorized_client", "The application was not found in the directory."),
        700_021: Row("invalid_client", "The assertion's issuer is not the application."),
        700_024: Row("invalid_client", "The assertion is not within its valid time range."),
        700_025: Row("invalid_client", "The client is public, so neither an assertion nor a secret may be presented."),
        700_027: Row(
            "invalid_client", "The assertion's signature could not be verified with a registered certificate."),
        700_030: Row("invalid_client", "The certificate's subject is not authorized."),
        700_038: Row("unauthorized_client", "The application identifier is not valid.", hasPage: false),
        7_000_112: Row("unauthorized_client", "The application is disabled by its owner."),
        7_000_215: Row("invalid_client", "The client secret is wrong."),
        7_000_218: Row(
            "invalid_client", "The request body must contain 'client_assertion' or 'client_secret'."),
        7_000_222: Row("invalid_client", "The client secret is expired."),
        90008: Row("invalid_grant", "The application lacks a basic permission.", suberror: "consent_required"),
        90094: Row("access_denied", "An administrator has to consent first."),
        90095: Row("access_denied", "An administrator has to approve the request for consent first."),
    ]

    /// About the request, the endpoint and the service.
    private static let protocols: [Int: Row] = [
        70003: Row("unsupported_grant_type", "The grant type is not supported.", hasPage: false),
        70011: Row("invalid_scope", "The scope is not valid."),
        70016: Row("authorization_pending", "The person has not finished yet. Keep polling."),
        70018: Row("bad_verification_code", "The verification code is not valid."),
        70019: Row("expired_token", "The verification code is expired."),
        700_022: Row("invalid_scope", "The scope names several resources."),
        700_023: Row("invalid_scope", "The scope names no resource."),
        90002: Row("invalid_request", "The tenant was not found."),
        90014: Row("invalid_request", "A required field is missing."),
        900_144: Row("invalid_request", "A required parameter is missing."),
        90119: Row("invalid_request", "The user code is empty."),
        90120: Row("invalid_request", "The device was already authorized or declined."),
        9_001_023: Row(
            "invalid_request", "The grant type is not supported on /common or /consumers; use a tenant of your own."),
        9_002_332: Row("invalid_request", "The application is for Entra accounts only; use /organizations."),
        90012: Row("temporarily_unavailable", "The request took too long."),
        90024: Row("temporarily_unavailable", "The request budget was exceeded; try again."),
        90006: Row("temporarily_unavailable", "An external service did not answer; try again."),
        90033: Row("temporarily_unavailable", "The service is unavailable for the moment; try again."),
        50033: Row("temporarily_unavailable", "A transient error has occurred; try again."),
        50087: Row("temporarily_unavailable", "A transient error occurred while signing out; try again."),
        90055: Row("temporarily_unavailable", "The tenant sends too many requests.", status: 429),
    ]
}
