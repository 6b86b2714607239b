/// How a tenant can be read. The secret itself stands in `secrets/` and never here.
package struct TenantAuthorized: Codable, Equatable, Sendable {
    package let tenant: TenantID
    package let displayName: String
    /// The verified domains, the default one first.
    package let domains: [String]
    package let clientID: String
    package let signIn: SignIn
    /// Roots, without tenant or version.
    package let authority: String
    package let graph: String
    /// When the certificate expires, or the client secret as far as an admin has said so, in milliseconds since 1970.
    package let expiresAt: Int64?
    /// Whether certificates of an own authority are trusted beside the system's.
    package let hasOwnAuthority: Bool?

    package init(
        tenant: TenantID, displayName: String, domains: [String], clientID: String, signIn: SignIn,
        authority: String, graph: String, expiresAt: Int64? = nil, hasOwnAuthority: Bool? = nil
    ) {
        self.tenant = tenant
        self.displayName = displayName
        self.domains = domains
        self.clientID = clientID
        self.signIn = signIn
        self.authority = authority
        self.graph = graph
        self.expiresAt = expiresAt
        self.hasOwnAuthority = hasOwnAuthority
    }
}

package enum SignIn: String, Codable, Sendable {
    case clientSecret, certificate
    /// A person signed in, and the app reads in that person's name.
    case delegated
}

package struct TenantAuthorizationFailed: Codable, Equatable, Sendable {
    /// As the admin named it: an id or a domain.
    package let tenant: String
    package let reason: String
    package let aadsts: Int?
    package init(tenant: String, reason: String, aadsts: Int?) {
        self.tenant = tenant
        self.reason = reason
        self.aadsts = aadsts
    }
}

/// Entra took the authorization back, or an admin switched the tenant off.
package struct TenantDisabled: Codable, Equatable, Sendable {
    package let tenant: TenantID
    package let reason: String
    package let aadsts: Int?
    package let advice: String
    package init(tenant: TenantID, reason: String, aadsts: Int?, advice: String) {
        self.tenant = tenant
        self.reason = reason
        self.aadsts = aadsts
        self.advice = advice
    }
}

package struct TenantNamed: Codable, Equatable, Sendable {
    package let tenant: TenantID
    package init(tenant: TenantID) { self.tenant = tenant }
}

package struct MappingChanged: Codable, Equatable, Sendable {
    package let tenant: TenantID
    package let mapping: Mapping
    package init(tenant: TenantID, mapping: Mapping) {
        self.tenant = tenant
        self.mapping = mapping
    }
}

package struct SelectionChanged: Codable, Equatable, Sendable {
    package let tenant: TenantID
    package let users: Selection
    /// What the groups were called, by id.
    package let names: [String: String]?
    package init(tenant: TenantID, users: Selection, names: [String: String]? = nil) {
        self.tenant = tenant
        self.users = users
        self.names = names
    }
}

package struct InclusionChanged: Codable, Equatable, Sendable {
    package let tenant: TenantID
    package let include: Inclusion
    package init(tenant: TenantID, include: Inclusion) {
        self.tenant = tenant
        self.include = include
    }
}

package struct FullReadDaysChanged: Codable, Equatable, Sendable {
    package let tenant: TenantID
    package let days: Int
    package init(tenant: TenantID, days: Int) {
        self.tenant = tenant
        self.days = days
    }
}

package struct SwitchChanged: Codable, Equatable, Sendable {
    package let tenant: TenantID
    package let isOn: Bool
    package init(tenant: TenantID, isOn: Bool) {
        self.tenant = tenant
        self.isOn = isOn
    }
}
