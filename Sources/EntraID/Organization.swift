internal import ContactSync

/// The tenant as it names itself.
package struct Organization: Sendable, Hashable {
    /// The tenant's id, a GUID.
    package let id: String
    /// As the tenant wrote it; the id where it has none.
    package let displayName: String
    /// Verified domains, in Graph's order.
    package let domains: [String]
    /// The domain that new users get; nil where Graph marks none.
    package let defaultDomain: String?

    /// - Returns: Nil for JSON that is not such an answer (learn.microsoft.com/graph/api/organization-get).
    init?(answer: JSONValue) {
        guard let organization = answer["value"]?.array?.first, let id = organization["id"]?.string else { return nil }
        let domains = organization["verifiedDomains"]?.array ?? []
        self.id = id
        displayName = organization["displayName"]?.string ?? id
        self.domains = domains.compactMap { $0["name"]?.string }
        defaultDomain = domains.first { $0["isDefault"]?.bool == true }?["name"]?.string
    }
}
