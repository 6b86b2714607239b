package struct GuardChanged: Codable, Equatable, Sendable {
    package let tenant: TenantID
    package let limits: GuardLimits
    package init(tenant: TenantID, limits: GuardLimits) {
        self.tenant = tenant
        self.limits = limits
    }
}

/// A sync would have changed more of a tenant's contacts than its guard allows. What was read stands; of the tenant
/// nothing was decided, and whoever is due stays so until the guard lets them through or an agent does.
package struct TenantHeld: Codable, Equatable, Sendable {
    /// How many of the changes each cause would have made.
    package struct Causes: Codable, Equatable, Sendable {
        /// Who would not change under the settings by which everybody was last decided.
        package var settings = 0
        /// Who was never decided, since the selection is another one.
        package var selection = 0
        /// Everybody else: new or changed in Entra ID.
        package var entra = 0
        package init() {}
    }

    /// Something that was set since everybody was last decided.
    package struct Edit: Codable, Equatable, Sendable {
        package enum Kind: String, Codable, Sendable {
            case mapping, overwrite, selection, fields, helpDesk
        }
        package let position: Int64
        package let kind: Kind
        package let actor: String
        package init(position: Int64, kind: Kind, actor: String) {
            self.position = position
            self.kind = kind
            self.actor = actor
        }
    }

    package let tenant: TenantID
    package let creates: Int
    package let updates: Int
    /// How many contacts the tenant's users had before.
    package let contacts: Int
    package let limits: GuardLimits
    package let causes: Causes
    package let edits: [Edit]
    /// True where a help desk elsewhere was not looked at, and may hold something else by now.
    package let isEstimate: Bool?

    package init(
        tenant: TenantID, creates: Int, updates: Int, contacts: Int, limits: GuardLimits, causes: Causes,
        edits: [Edit], isEstimate: Bool? = nil
    ) {
        self.tenant = tenant
        self.creates = creates
        self.updates = updates
        self.contacts = contacts
        self.limits = limits
        self.causes = causes
        self.edits = edits
        self.isEstimate = isEstimate
    }
}

/// What is held of a tenant does not concern these users: they are as they would be decided, and not due for it.
package struct RecordsUnconcerned: Codable, Equatable, Sendable {
    package let tenant: TenantID
    /// Their object ids.
    package let users: [String]
    package init(tenant: TenantID, users: [String]) {
        self.tenant = tenant
        self.users = users
    }
}

/// An agent lets through what a sync has held of a tenant: the sync whose number this event has decides it.
package struct SyncApproved: Codable, Equatable, Sendable {
    package let tenant: TenantID
    /// The sync that held it.
    package let held: Int64
    /// The object ids of those who are let through; nil for all.
    package let users: [String]?
    package init(tenant: TenantID, held: Int64, users: [String]? = nil) {
        self.tenant = tenant
        self.held = held
        self.users = users
    }
}
