/// What an admin has set for one tenant.
package struct TenantSettings: Codable, Equatable, Sendable {
    package var contactSync: Bool
    package var users: Selection
    package var mapping: Mapping
    package var overwriteCustomFields: Bool
    package var accountEmail: Bool

    package init(
        mapping: Mapping, contactSync: Bool = false, users: Selection = .all,
        overwriteCustomFields: Bool = true, accountEmail: Bool = false
    ) {
        self.mapping = mapping
        self.contactSync = contactSync
        self.users = users
        self.overwriteCustomFields = overwriteCustomFields
        self.accountEmail = accountEmail
    }
}

/// Whose users are synced.
package enum Selection: Codable, Equatable, Sendable {
    case all
    /// Members of any of these groups, nested ones included.
    case groups(ids: [String])
}

extension TenantSettings {
    /// The events that lead from these settings to others; none where nothing differs. The switch comes last, so
    /// that a sync that it starts sees everything else.
    package func changes(to new: TenantSettings, tenant: TenantID) -> [Event] {
        var events: [Event] = []
        if new.mapping != mapping { events.append(.mappingChanged(.init(tenant: tenant, mapping: new.mapping))) }
        if new.users != users { events.append(.selectionChanged(.init(tenant: tenant, users: new.users))) }
        if new.overwriteCustomFields != overwriteCustomFields {
            events.append(.overwriteChanged(.init(tenant: tenant, isOn: new.overwriteCustomFields)))
        }
        if new.accountEmail != accountEmail {
            events.append(.accountEmailChanged(.init(tenant: tenant, isOn: new.accountEmail)))
        }
        switch (contactSync, new.contactSync) {
        case (false, true): events.append(.contactSyncEnabled(.init(tenant: tenant)))
        case (true, false): events.append(.contactSyncDisabled(.init(tenant: tenant)))
        case (true, true), (false, false): break
        }
        return events
    }
}
