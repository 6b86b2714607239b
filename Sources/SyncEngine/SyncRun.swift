package import ContactSync
package import Journal
package import Projections

/// One sync's own state: which number it is, and the one snapshot of settings that it uses throughout.
package struct SyncRun {
    package let number: Int64
    package let actor: String
    package let started: Position
    package private(set) var tenants: [TenantPlan]
    package let fields: [FieldDefinition]
    /// Tenants that should be synced and that Entra no longer lets us read: no sync is complete without them.
    package let lost: [Tenant]
    /// Tenants that were deleted: their users hold no contact against others.
    package let gone: Set<TenantID>
    /// Nothing is decided before all tenants are read.
    package let isStaged: Bool
    /// Which decisions it may record.
    package let permit: Permit

    /// The sync without the tenants that a guard holds.
    func without(_ held: [TenantHeld]) -> SyncRun {
        var run = self
        run.tenants.removeAll { plan in held.contains { $0.tenant == plan.tenant.id } }
        return run
    }
}

/// How one tenant is to be read and decided in a sync.
package struct TenantPlan: Sendable {
    package let tenant: Tenant
    package let rules: Rules
    /// Every user is decided again: settings or fields have changed since all of them were.
    package let decidesAll: Bool
    /// Whom alone an agent lets through; nil in a sync that reads.
    package let release: Release?

    package init(tenant: Tenant, fields: [FieldDefinition], sync: Int64) {
        self.tenant = tenant
        release = tenant.release(in: sync)
        rules = Rules(settings: tenant.settings, fields: fields)
        decidesAll = tenant.settingsAt > tenant.decidedAt
    }

    package var properties: [String] { tenant.settings.mapping.selectedProperties }
    /// Of members of groups.
    var memberProperties: [String] { Set(properties + [TenantPlan.deletion?.root].compactMap { $0 }).sorted() }

    /// A deleted user keeps the memberships of groups until purged, and only this property tells
    /// (learn.microsoft.com/graph/delta-query-groups).
    static let deletion = PropertyPath("deletedDateTime")
    /// Always selected, and never null.
    static let accountEnabled = PropertyPath("accountEnabled")

    /// Why everybody has to be read, and not only what changed; nil where the delta link is good to go on from.
    func reasonToReadEverybody(at now: Int64) -> SelectionRead.Reason? {
        guard let last = tenant.fullReadAt else { return .first }
        if tenant.hasNewSelection { return .newSelection }
        if !Set(properties).isSubset(of: tenant.properties) { return .newProperty }
        if tenant.hasErased { return .erasure }
        if tenant.deltaLink == nil { return .stateLost }
        // An hour less: a daily sync does not start at the same second every day.
        let days = Int64(tenant.settings.fullReadDays) * Milliseconds.day
        return now - last >= days - 3_600_000 ? .reconciliation : nil
    }

    /// Whether exactly this has been read with the authorization as it stands, so that a permission that is missing now
    /// was taken back. Another selection or property may need more than was ever granted, and a consent given just now
    /// takes minutes to count.
    func wasReadable(at now: Int64) -> Bool {
        guard let last = tenant.fullReadAt, !tenant.hasNewSelection else { return false }
        guard Set(properties).isSubset(of: tenant.properties) else { return false }
        return last >= tenant.authorizedAt || now - tenant.authorizedAt >= 3_600_000
    }

    /// What a complete read says of who is not in it.
    var causeOfAbsence: UserRemoved.Cause {
        switch tenant.settings.users {
        case .all: .missing
        case .groups: .unselected
        }
    }
}
