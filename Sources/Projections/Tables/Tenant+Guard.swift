package import ContactSync
package import GRDB

/// What a guard holds of a tenant.
package struct Hold: Codable, Equatable, Sendable {
    package let held: TenantHeld
    package let sync: Int64
    /// Where the sync began: what was set behind it was not measured.
    package let since: Int64
    /// The position of the event: who was fetched behind it was not measured.
    package let at: Int64
}

/// Whom an agent has let through.
package struct Release: Codable, Equatable, Sendable {
    /// The sync that decides them.
    package let sync: Int64
    /// Only who was fetched before this position was held.
    package let before: Int64
    /// Their object ids; nil for all.
    package let users: [String]?

    package func holds(_ user: UsersTable.Row) -> Bool {
        user.base < before && users?.contains(user.objectID) ?? true
    }
}

/// An edit, with what was set before.
package struct SettingsEdit: Codable, Equatable, Sendable {
    package let edit: TenantHeld.Edit
    package let settings: TenantSettings
    package let fields: [FieldDefinition]
}

extension Tenant {
    /// Whom an agent lets through in a sync.
    package func release(in sync: Int64) -> Release? { release?.sync == sync ? release : nil }

    /// Whether the guard holds whoever is due, as a sync's log has it.
    func isHeld(in log: SyncLog) -> Bool {
        guard hold != nil else { return false }
        return release(in: log.sync).map { $0.users != nil } ?? true
    }

    /// Whether a sync decides all users of the tenant that it has to do with.
    package func isDecided(in sync: Int64) -> Bool {
        if let release = release(in: sync) { return release.users == nil }
        return readIn == sync && hold == nil
    }

    /// - Parameter hasDue: Somebody is still to be decided.
    mutating func conclude(_ log: SyncLog, hasDue: Bool) {
        guard failedIn != log.sync else { return }
        if hold != nil {
            guard release(in: log.sync) != nil, !hasDue else { return }
            hold = nil
        }
        decidedAt = log.startedPosition
        wasDecided = true
        edits.removeAll { $0.edit.position <= log.startedPosition }
    }

    private static let mostEdits = 20

    /// The settings before the first edit are those by which everybody was last decided.
    mutating func note(_ edit: TenantHeld.Edit, _ fields: [FieldDefinition]) {
        edits.append(SettingsEdit(edit: edit, settings: settings, fields: fields))
        if edits.count > Tenant.mostEdits { edits.remove(at: 1) }
    }
}

extension Tenant {
    static func hasDue(_ tenant: TenantID, _ db: Database) throws -> Bool {
        let sql = """
            SELECT EXISTS (SELECT 1 FROM users WHERE due = 1 AND removed = 0
                AND tenant = (SELECT number FROM tenants WHERE id = ?))
            """
        return try Bool.fetchOne(db, sql: sql, arguments: [tenant.rawValue]) ?? false
    }

    /// Whether a guard may have anything to hold: asked before every sync, so it looks at no more rows than it has to.
    package func mayBeHeld(_ db: Database) throws -> Bool {
        // The first contacts are a share of nothing, also where they come in more than one sync.
        try wasDecided && hasEnoughToDecide(db) && hasContacts(db)
    }

    /// Whether those who may be decided are as many as can be held; who is both due and stale counts twice.
    private func hasEnoughToDecide(_ db: Database) throws -> Bool {
        // The constants let SQLite take the indexes of these few.
        let counts = ["due = 1", "stale = 1 AND outcome = 2"].map { condition in
            """
            (SELECT count(*) FROM (SELECT 1 FROM users WHERE \(condition) AND removed = 0
                AND tenant = (SELECT number FROM tenants WHERE id = :id) LIMIT \(GuardLimits.minimum)))
            """
        }
        let count = try Int.fetchOne(
            db, sql: "SELECT " + counts.joined(separator: " + "), arguments: ["id": id.rawValue])
        return count ?? 0 >= GuardLimits.minimum
    }

    /// Whether any of the tenant's users has a contact, or had one when leaving.
    private func hasContacts(_ db: Database) throws -> Bool {
        let sql = """
            SELECT EXISTS (SELECT 1 FROM users WHERE contact IS NOT NULL
                AND tenant = (SELECT number FROM tenants WHERE id = ?))
            """
        return try Bool.fetchOne(db, sql: sql, arguments: [id.rawValue]) ?? false
    }

    /// How many contacts the tenant's users have, of those who are there.
    package func contacts(_ db: Database) throws -> Int {
        let sql = """
            SELECT count(*) FROM users
            WHERE contact IS NOT NULL AND removed = 0 AND tenant = (SELECT number FROM tenants WHERE id = ?)
            """
        return try Int.fetchOne(db, sql: sql, arguments: [id.rawValue]) ?? 0
    }
}

extension Event {
    /// What the event is as an edit that decides records, and the tenant that it concerns: nil for all.
    var edit: (kind: TenantHeld.Edit.Kind, tenant: TenantID?)? {
        switch self {
        case .mappingChanged(let changed): (.mapping, changed.tenant)
        case .overwriteChanged(let changed): (.overwrite, changed.tenant)
        case .selectionChanged(let changed): (.selection, changed.tenant)
        case .inclusionChanged(let changed): (.selection, changed.tenant)
        case .fieldDefined, .fieldChanged, .fieldRemoved: (.fields, nil)
        case .helpDeskChanged: (.helpDesk, nil)
        case .accountOpened, .accountChanged, .agentAdded, .agentChanged, .agentRemoved, .appInstalled, .appUninstalled,
            .tenantAuthorized, .tenantAuthorizationFailed, .tenantReauthorized, .tenantDisabled, .tenantEnabled,
            .tenantDeleted, .fullReadDaysChanged, .accountEmailChanged, .guardChanged, .contactSyncEnabled,
            .contactSyncDisabled, .syncStarted, .pageRead, .userFetched, .userChanged, .userRemoved, .selectionRead,
            .tenantReadFailed, .tenantHeld, .recordsUnconcerned, .syncApproved, .syncCompleted, .syncFailed,
            .syncInterrupted, .contactCreated, .contactUpdated, .contactFailed, .contactAdded, .requestsReserved,
            .helpDeskThrottled, .contactRead, .contactsRead, .contactRemoved, .contactWriteRequested,
            .contactWriteAbandoned, .contactParkRequested, .mailServerChanged, .mailTemplateChanged,
            .accountEmailRequested, .accountEmailSent, .accountEmailFailed, .checkpointSigned, .personErased,
            .noticeRaised, .noticeCleared, .noticeDelivered, .noticeUndelivered, .noticeRecipientsChanged,
            .noticeWebhookChanged:
            nil
        }
    }
}
