/// Why admins are told something: what it is, and never how it was worded, so that the same cause is told once and not at
/// every sync.
package struct NoticeCause: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        /// A tenant could not be read: its sync failed.
        case tenantNotRead
        /// Entra ID took the authorization back. What an agent switches off is no surprise, and no cause.
        case tenantDisabled
        /// The guard holds what a sync would change.
        case tenantHeld
        /// Records fail that did not fail before. One that fails for another reason now is not new.
        case recordsFailing
        /// A client secret or a certificate is about to expire, or has expired.
        case credentialExpiring
        /// The help desk cannot be reached.
        case helpDeskDown
        /// The help desk does not accept the key.
        case helpDeskRefuses
    }

    /// What can be in one state at a time: another cause of the same topic takes the place of the one before.
    package struct Topic: Hashable, Sendable {
        package enum Area: String, Sendable { case access, hold, records, credential, helpDesk }
        package let area: Area
        package let tenant: TenantID?

        package init(_ area: Area, _ tenant: TenantID? = nil) {
            self.area = area
            self.tenant = tenant
        }
    }

    package let kind: Kind
    /// Nil where it is the help desk's.
    package let tenant: TenantID?
    /// What tells causes of one kind apart: whether the trouble may pass (`unavailable`, `refused`), the threshold in days
    /// (`30`, `7`, `0`), or the last sync in which records began to fail.
    package let detail: String?

    package init(_ kind: Kind, _ tenant: TenantID? = nil, detail: String? = nil) {
        self.kind = kind
        self.tenant = tenant
        self.detail = detail
    }

    package var topic: Topic {
        switch kind {
        case .tenantNotRead, .tenantDisabled: Topic(.access, tenant)
        case .tenantHeld: Topic(.hold, tenant)
        case .recordsFailing: Topic(.records, tenant)
        case .credentialExpiring: Topic(.credential, tenant)
        case .helpDeskDown, .helpDeskRefuses: Topic(.helpDesk)
        }
    }

    /// For receivers that group by it, such as `tenantNotRead/8f1c.../unavailable`.
    package var key: String {
        [kind.rawValue, tenant?.rawValue, detail].compactMap { $0 }.joined(separator: "/")
    }
}

/// What is told of a cause besides. Nobody is named: counts, days and the words of far ends.
package struct NoticeFacts: Codable, Equatable, Sendable {
    /// Records that fail, without saying whose.
    package struct Records: Codable, Equatable, Sendable {
        /// Those that did not fail before.
        package let new: Int
        package let failing: Int
        /// How many of the new ones have which reason, by its code; one may have several.
        package let reasons: [String: Int]

        package init(new: Int, failing: Int, reasons: [String: Int]) {
            self.new = new
            self.failing = failing
            self.reasons = reasons
        }
    }

    /// The tenant's first domain.
    package var domain: String?
    /// In the words of whoever refused.
    package var reason: String?
    package var aadsts: Int?
    /// What a person can do about it.
    package var advice: [String]?
    package var records: Records?
    /// Milliseconds since 1970.
    package var expiresAt: Int64?
    package var signIn: SignIn?

    package init(domain: String? = nil) { self.domain = domain }
}
