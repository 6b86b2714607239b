/// Who signed in, as a verified id token says it.
package struct Identity: Sendable, Hashable {
    /// The tenant's id, a GUID.
    package let tenantID: String
    /// The user's id in that tenant, the same as in Graph. With the tenant's id it is the only name that stays
    /// (learn.microsoft.com/entra/identity-platform/id-token-claims-reference).
    package let objectID: String
    /// What to call the user on a screen; it can change and be anybody's.
    package let username: String?
}
