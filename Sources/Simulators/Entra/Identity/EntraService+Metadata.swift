extension EntraService {
    /// OpenID Connect discovery, with the fields that were seen at the real platform.
    func openIDConfiguration(_ call: Call, tenant name: String) -> Reply {
        let isShared = TenantName(name).isShared
        let id = withState { $0.tenants.first { $0.isNamed(name) }?.id }
        guard let issuer = TenantName(name) == .consumers ? TenantName.personal : isShared ? "{tenantid}" : id else {
            return TokenError.unknownTenant(name).reply(for: call)
        }
        let root = "\(call.origin)/\(isShared ? name : issuer)"
        let host = call.origin.split(separator: "/").last.map(String.init) ?? "localhost"
        return .json(.object(endpoints(root, issuer: "\(call.origin)/\(issuer)/v2.0", call) + capabilities(host)))
    }

    /// `GET /{tenant}/discovery/v2.0/keys`. Under a shared name the key's issuer is the template (3.1).
    func keys(_ call: Call, tenant name: String) -> Reply {
        let id = withState { $0.tenants.first { $0.isNamed(name) }?.id }
        guard let issuer = TenantName(name).isShared ? "{tenantid}" : id else {
            return TokenError.unknownTenant(name).reply(for: call)
        }
        do {
            return .json(["keys": [try SigningKey.shared.get().json(issuer: "\(call.origin)/\(issuer)/v2.0")]])
        } catch {
            return TokenError(90033, "The keys could not be made: \(error)").reply(for: call)
        }
    }

    /// Asked by MSAL unless it is told not to: which hosts are one cloud.
    func instanceDiscovery(_ call: Call) -> Reply {
        let host = call.origin.split(separator: "/").last.map(String.init) ?? "localhost"
        return .json([
            "tenant_discovery_endpoint": .string("\(call.origin)/organizations/v2.0/.well-known/openid-configuration"),
            "api-version": "1.1",
            "metadata": [
                ["preferred_network": .string(host), "preferred_cache": .string(host), "aliases": [.string(host)]]
            ],
        ])
    }

    private func endpoints(_ root: String, issuer: String, _ call: Call) -> [JSONValue.Member] {
        [
            .init("token_endpoint", .string("\(root)/oauth2/v2.0/token")),
            .init("jwks_uri", .string("\(root)/discovery/v2.0/keys")),
            .init("issuer", .string(issuer)),
            .init("authorization_endpoint", .string("\(root)/oauth2/v2.0/authorize")),
            .init("device_authorization_endpoint", .string("\(root)/oauth2/v2.0/devicecode")),
            .init("end_session_endpoint", .string("\(root)/oauth2/v2.0/logout")),
            .init("kerberos_endpoint", .string("\(root)/kerberos")),
            .init("userinfo_endpoint", .string("\(call.origin)/oidc/userinfo")),
            .init("mtls_endpoint_aliases", ["token_endpoint": .string("\(root)/oauth2/v2.0/token")]),
        ]
    }

    private func capabilities(_ host: String) -> [JSONValue.Member] {
        [
            .init(
                "token_endpoint_auth_methods_supported",
                ["client_secret_post", "client_secret_basic", "private_key_jwt", "self_signed_tls_client_auth"]),
            .init("response_modes_supported", ["query", "fragment", "form_post"]),
            .init("response_types_supported", ["code", "id_token", "code id_token", "id_token token"]),
            .init("subject_types_supported", ["pairwise"]),
            .init("id_token_signing_alg_values_supported", ["RS256"]),
            .init("scopes_supported", ["openid", "profile", "email", "offline_access"]),
            .init(
                "claims_supported",
                ["sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "email"]),
            .init("request_uri_parameter_supported", false),
            .init("http_logout_supported", true),
            .init("frontchannel_logout_supported", true),
            .init("tls_client_certificate_bound_access_tokens", true),
            .init("tenant_region_scope", "EU"),
            .init("cloud_instance_name", .string(host)),
            .init("cloud_graph_host_name", .string(host)),
            .init("msgraph_host", .string(host)),
            .init("rbac_url", .string("https://\(host)")),
        ]
    }
}
