internal import ContactSync
internal import HTTP

/// What an authority says about itself (learn.microsoft.com/entra/identity-platform/v2-protocols-oidc).
struct OpenIDMetadata: Sendable {
    /// With `{tenantid}` in it where the authority stands for several tenants.
    let issuer: String
    /// Where the keys are that it signs with.
    let keys: String

    /// - Parameter tenant: An id, a verified domain or `organizations`.
    static func request(_ endpoints: Endpoints, tenant: String) -> WebRequest {
        let path = "\(PercentEncoding.encode(tenant))/v2.0/.well-known/openid-configuration"
        return WebRequest(
            .get, "\(endpoints.authority)/\(path)", service: "sign-in",
            headers: [("Accept", "application/json"), ("client-request-id", RequestID.new())])
    }

    /// - Returns: Nil for JSON that is not such a document.
    init?(_ json: JSONValue) {
        guard let issuer = json["issuer"]?.string, let keys = json["jwks_uri"]?.string else { return nil }
        self.issuer = issuer
        self.keys = keys
    }
}
