/// What an admin has set for one tenant.
package struct TenantSettings: Codable, Equatable, Sendable {
    package var contactSync: Bool
    package var users: Selection
    /// What the selected groups were called when they were chosen, by id.
    package var groupNames: [String: String]
    package var include: Inclusion
    package var mapping: Mapping
    package var overwriteCustomFields: Bool
    package var accountEmail: Bool
    /// After how many days everybody is read again, because delta rounds do not report everything
    /// (learn.microsoft.com/graph/delta-query-overview).
    package var fullReadDays: Int
    /// Off, as the product has none, until an admin says otherwise.
    package var guardLimits: GuardLimits

    package static let initialFullReadDays = 7
    package static let fullReadDaysAllowed = 1...30

    package init(
        mapping: Mapping, contactSync: Bool = false, users: Selection = .all,
        groupNames: [String: String] = [:], include: Inclusion = Inclusion(),
        overwriteCustomFields: Bool = true, accountEmail: Bool = false,
        fullReadDays: Int = TenantSettings.initialFullReadDays, guardLimits: GuardLimits = GuardLimits()
    ) {
        self.mapping = mapping
        self.contactSync = contactSync
        self.users = users
        self.groupNames = groupNames
        self.include = include
        self.overwriteCustomFields = overwriteCustomFields
        self.accountEmail = accountEmail
        self.fullReadDays = fullReadDays
        self.guardLimits = guardLimits
    }
}

/// Whose users are synced.
package enum Selection: Codable, Equatable, Sendable {
    case all
    /// Members of any of these groups, nested ones included.
    case groups(ids: [String])
}

/// Which of the selected users are synced at all; everybody, as the product does, until an admin says otherwise.
package struct Inclusion: Codable, Equatable, Sendable {
    package var guests: Bool
    /// Accounts that are switched off.
    package var disabled: Bool

    package init(guests: Bool = true, disabled: Bool = true) {
        self.guests = guests
        self.disabled = disabled
    }

    /// Whether a user is in; one who does not say what kind of account it is, is.
    package func holds(_ user: UserObject) -> Bool {
        if !guests, user.scalar("userType") == .text("Guest") { return false }
        return disabled || user.scalar("accountEnabled") != .boolean(false)
    }
}

extension TenantSettings {
    /// The events that lead from these settings to others; none where nothing differs. The switch comes last, so
    /// that a sync that it starts sees everything else.
    package func changes(to new: TenantSettings, tenant: TenantID) -> [Event] {
        var events: [Event] = []
        if new.mapping != mapping { events.append(.mappingChanged(.init(tenant: tenant, mapping: new.mapping))) }
        if new.users != users || new.groupNames != groupNames {
            events.append(
                .selectionChanged(
                    .init(tenant: tenant, users: new.users, names: new.groupNames.isEmpty ? nil : new.groupNames)))
        }
        if new.include != include { events.append(.inclusionChanged(.init(tenant: tenant, include: new.include))) }
        if new.fullReadDays != fullReadDays {
            events.append(.fullReadDaysChanged(.init(tenant: tenant, days: new.fullReadDays)))
        }
        if new.overwriteCustomFields != overwriteCustomFields {
            events.append(.overwriteChanged(.init(tenant: tenant, isOn: new.overwriteCustomFields)))
        }
        if new.accountEmail != accountEmail {
            events.append(.accountEmailChanged(.init(tenant: tenant, isOn: new.accountEmail)))
        }
        if new.guardLimits != guardLimits {
            events.append(.guardChanged(.init(tenant: tenant, limits: new.guardLimits)))
        }
        switch (contactSync, new.contactSync) {
        case (false, true): events.append(.contactSyncEnabled(.init(tenant: tenant)))
        case (true, false): events.append(.contactSyncDisabled(.init(tenant: tenant)))
        case (true, true), (false, false): break
        }
        return events
    }
}
