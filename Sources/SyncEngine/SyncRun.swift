package import ContactSync
package import Journal
package import Projections

/// One sync's own state: which number it is, and the one snapshot of settings that it uses throughout.
package struct SyncRun: Sendable {
    package let number: Int64
    package let actor: String
    package let started: Position
    package let tenants: [TenantPlan]
}

/// How one tenant is to be read and decided in a sync.
package struct TenantPlan: Sendable {
    package let tenant: Tenant
    package let rules: Rules
    /// Every user is decided again: settings or fields have changed since all of them were.
    package let decidesAll: Bool

    package init(tenant: Tenant, fields: [FieldDefinition]) {
        self.tenant = tenant
        rules = Rules(settings: tenant.settings, fields: fields)
        decidesAll = tenant.settingsAt > tenant.decidedAt
    }

    package var properties: [String] { tenant.settings.mapping.selectedProperties }

    /// The delta link to go on from; nil where everything has to be read: at first, or when a property was added.
    package var deltaLink: String? {
        guard let link = tenant.deltaLink, Set(properties).isSubset(of: tenant.properties) else { return nil }
        return link
    }
}
