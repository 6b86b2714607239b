extension RunningSimulator {
    /// What a client has to know about a tenant.
    package struct TenantFacts: Sendable {
        /// The GUID.
        package let id: String
        /// The organization's name.
        package let displayName: String
        /// The verified domain in which users are named.
        package let domain: String
        /// The application of its own; of the first tenant, the one that all tenants know.
        package let clientID: String
        /// That application's secret.
        package let clientSecret: String
    }

    /// The tenants, in their order.
    package var tenants: [TenantFacts] {
        service.withState { state in
            state.tenants.indices.map { index in
                let secret = if case .valid(let text) = state.applications[index].secret { text } else { "" }
                return TenantFacts(
                    id: state.tenants[index].id, displayName: state.tenants[index].displayName,
                    domain: state.tenants[index].defaultDomain, clientID: state.applications[index].clientID,
                    clientSecret: secret)
            }
        }
    }

    /// The secret is refused from now on; tokens already given out stay good, as at the real platform.
    package func revokeSecret() {
        service.setSecret(.revoked)
    }

    /// Makes the secret good again, wrong, or expired.
    package func setSecret(_ state: SecretState) {
        service.setSecret(state)
    }

    /// Registers a certificate, given as PEM.
    package func addCertificate(_ pem: String) throws {
        try service.addCertificate(pem)
    }

    /// Exactly these permissions are consented to from now on. What is taken back counts at once; what is added needs a new
    /// token.
    package func setConsent(_ permissions: Set<Permission>, tenant: Int = 0, clientID: String? = nil) throws {
        let name = service.withState { $0.tenants[tenant].id }
        try service.setConsent(ConsentChange(tenant: name, clientID: clientID, permissions: permissions))
    }

    /// Refresh tokens given out so far are refused as revoked.
    package func revokeSessions() {
        service.withState { $0.signIns.revokeAll() }
    }
}
