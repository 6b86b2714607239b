import ContactSync
import EntraID

/// A tenant that has let us in, and what is to be kept of it.
struct AuthorizedTenant {
    let event: TenantAuthorized
    let proof: Proof
    /// PEM text, where another one than before is to be kept.
    let authority: String?

    init(
        request: AuthorizationRequest, proof: Proof, organization: Organization, authority: String?,
        hasOwnAuthority: Bool, secretExpiresAt: Int64? = nil
    ) {
        let first = organization.defaultDomain.map { [$0] } ?? []
        event = TenantAuthorized(
            tenant: TenantID(rawValue: organization.id.lowercased()), displayName: organization.displayName,
            domains: first + organization.domains.filter { $0 != organization.defaultDomain },
            clientID: request.clientID, signIn: proof.signIn, authority: request.endpoints.authority,
            graph: request.endpoints.graph, expiresAt: proof.expiresAt ?? secretExpiresAt,
            hasOwnAuthority: hasOwnAuthority ? true : nil)
        self.proof = proof
        self.authority = authority
    }
}
