internal import HTTP

/// An administrator's consent to the app's permissions
/// (learn.microsoft.com/entra/identity-platform/v2-admin-consent).
package struct AdminConsent: Sendable {
    /// What an administrator of the tenant is to open.
    package let url: String
    private let state: String

    /// - Parameters:
    ///   - tenant: An id or a verified domain; the default is the tenant of whoever consents.
    ///   - redirectURI: Where the browser comes back to, as registered.
    package init(
        endpoints: Endpoints, tenant: String = SignIn.anyTenant, clientID: String, redirectURI: String
    ) {
        state = Base64URL.random()
        let query: Form = [
            ("client_id", clientID), ("redirect_uri", redirectURI), ("state", state),
            ("scope", Scopes.application(endpoints)),
        ]
        url =
            "\(endpoints.authority)/\(PercentEncoding.encode(tenant))/v2.0/adminconsent?" + PercentEncoding.form(query)
    }

    /// Reads what the administrator decided. The tenant that the redirect names proves nothing and is not read: only
    /// a token for the tenant does.
    ///
    /// - Parameter query: What stands behind the question mark of the redirect.
    /// - Throws: An `EntraError` unless consent was given; an error counts before `admin_consent=True`, which can
    ///   stand beside it.
    package func confirm(query: String) throws(EntraError) {
        let query = RedirectQuery(query)
        try query.check(state: state)
        guard query["admin_consent"]?.lowercased() == "true" else {
            throw EntraError(
                .permissionMissing, "no admin consent was given", hints: ["give admin consent to the app"])
        }
    }
}
