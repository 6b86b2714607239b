package import ContactSync
import GRDB
import Journal

/// A tenant as it stands now.
package struct Tenant: Codable, Equatable, Sendable {
    package var authorized: TenantAuthorized
    package var settings: TenantSettings
    package var isActive = true
    package var isDeleted = false
    package var reason: String?
    package var aadsts: Int?
    package var advice: String?
    /// A sync switched it off, because Entra took the authorization back; not an agent.
    package var isLost = false
    /// Milliseconds since 1970.
    package var authorizedAt: Int64
    /// Where the next delta round begins, and which properties it carries.
    package var deltaLink: String?
    package var properties: [String] = []
    /// When everybody was last read to the end, in milliseconds since 1970.
    package var fullReadAt: Int64?
    /// Somebody was erased since the last full read.
    package var hasErased = false
    /// The selection is another one than that of the last full read.
    package var hasNewSelection = false
    /// The position of the last change of what is read, and from where.
    package var selectionAt: Int64 = 0
    /// The position of the last change of what decides a record.
    package var settingsAt: Int64
    /// The start of the last sync that decided every user of the tenant.
    package var decidedAt: Int64 = 0
    /// Everybody was decided once where contacts live now: whatever comes before that are the tenant's first contacts.
    package var wasDecided = false
    /// The last sync that read the tenant to the end.
    package var readIn: Int64?
    /// The last sync that could not read the tenant, and why.
    package var failedIn: Int64?
    package var failure: String?
    package var failureAdvice: String?
    /// The last sync that had to read the tenant could not, and nobody has authorized or enabled it since.
    package var unread: Unread?
    /// What a guard holds since a sync; nil where nothing is held.
    package var hold: Hold?
    /// Whom an agent has let through, and in which sync.
    package var release: Release?
    /// What decides a record and was set since everybody was last decided.
    package var edits: [SettingsEdit] = []

    package struct Unread: Codable, Equatable, Sendable {
        package let mayPass: Bool
        package let aadsts: Int?
    }

    package var id: TenantID { authorized.tenant }
    package var domain: String { authorized.domains.first ?? id.rawValue }
}

/// Tenants with their settings: a handful of rows, each one value.
struct TenantsTable {
    static let version = 8
    static let schema = """
        CREATE TABLE tenants (id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, data TEXT NOT NULL) STRICT;
        """

    static func apply(_ event: Event, _ record: RecordedEvent, _ db: Database) throws {
        try note(event, record, db)
        switch event {
        case .tenantAuthorized(let authorized): try insert(authorized, record, db)
        case .tenantReauthorized(let authorized):
            try change(authorized.tenant, db) { $0.reauthorize(authorized, record) }
        case .tenantEnabled(let enabled): try change(enabled.tenant, db) { $0.activate() }
        case .tenantDisabled(let disabled): try change(disabled.tenant, db) { $0.disable(disabled, record) }
        case .tenantDeleted(let deleted): try change(deleted.tenant, db) { $0.delete() }
        case .mappingChanged, .selectionChanged, .inclusionChanged, .fullReadDaysChanged, .overwriteChanged,
            .accountEmailChanged, .guardChanged, .contactSyncEnabled, .contactSyncDisabled:
            try set(event, at: record.position.rawValue, db)
        case .fieldDefined, .fieldChanged, .fieldRemoved: try changeAll(db) { $0.settingsAt = record.position.rawValue }
        case .helpDeskChanged: try changeAll(db) { $0.beginElsewhere(at: record.position.rawValue) }
        case .selectionRead(let read):
            let start = try SyncLog.fetch(db)?.startedPosition ?? 0
            try change(read.tenant, db) { $0.conclude(read, record, begun: start) }
        case .tenantReadFailed(let failed): try change(failed.tenant, db) { $0.fail(failed, in: record.sync) }
        case .tenantHeld(let held):
            let start = try SyncLog.fetch(db)?.startedPosition ?? 0
            try change(held.tenant, db) { $0.hold(held, record, begun: start) }
        case .syncApproved(let approved): try change(approved.tenant, db) { $0.release(approved, in: record.sync) }
        case .syncCompleted, .syncFailed: try decided(db)
        case .personErased:
            guard let key = record.subject.flatMap(Subject.user(in:)) else { return }
            try change(key.tenant, db) { $0.hasErased = true }
        // Projector.apply lists which events come here.
        default: break
        }
    }

    /// Takes over one setting of one tenant.
    private static func set(_ event: Event, at position: Int64, _ db: Database) throws {
        switch event {
        case .mappingChanged(let changed): try change(changed.tenant, db) { $0.map(changed.mapping, at: position) }
        case .selectionChanged(let changed): try change(changed.tenant, db) { $0.select(changed, at: position) }
        case .inclusionChanged(let changed):
            try change(changed.tenant, db) { $0.include(changed.include, at: position) }
        case .overwriteChanged(let changed): try change(changed.tenant, db) { $0.overwrite(changed.isOn, at: position) }
        // What follows decides no record.
        case .fullReadDaysChanged(let changed):
            try change(changed.tenant, db) { $0.settings.fullReadDays = changed.days }
        case .accountEmailChanged(let changed):
            try change(changed.tenant, db) { $0.settings.accountEmail = changed.isOn }
        case .guardChanged(let changed): try change(changed.tenant, db) { $0.settings.guardLimits = changed.limits }
        case .contactSyncEnabled(let changed): try change(changed.tenant, db) { $0.settings.contactSync = true }
        case .contactSyncDisabled(let changed): try change(changed.tenant, db) { $0.settings.contactSync = false }
        // The caller lists them.
        default: break
        }
    }

    private static func insert(_ authorized: TenantAuthorized, _ record: RecordedEvent, _ db: Database) throws {
        guard let mapping = Mapping.initial else { return }
        var tenant = Tenant(
            authorized: authorized, settings: TenantSettings(mapping: mapping), authorizedAt: record.recordedAt,
            settingsAt: record.position.rawValue)
        tenant.selectionAt = record.position.rawValue
        // A tenant that was deleted begins anew, under the number that its users' rows have; what the latest sync came to
        // stands, and so do its contacts.
        if let before = try Installation.tenants(db).first(where: { $0.id == tenant.id }) {
            (tenant.readIn, tenant.failedIn) = (before.readIn, before.failedIn)
            (tenant.failure, tenant.failureAdvice) = (before.failure, before.failureAdvice)
            tenant.wasDecided = before.wasDecided
        }
        try db.execute(
            sql: "INSERT INTO tenants VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data",
            arguments: [tenant.id.rawValue, record.position.rawValue, try Coded.text(tenant)])
    }

    /// A sync that came to its end has decided every user of every tenant that it read and did not hold.
    private static func decided(_ db: Database) throws {
        guard let log = try SyncLog.fetch(db), log.helpDesk == nil else { return }
        for id in log.tenants {
            let hasDue = try Tenant.hasDue(id, db)
            try change(id, db) { $0.conclude(log, hasDue: hasDue) }
        }
    }

    /// Remembers what was set before an edit that decides records; before anybody was decided there is nothing to remember.
    private static func note(_ event: Event, _ record: RecordedEvent, _ db: Database) throws {
        guard let (kind, tenant) = event.edit else { return }
        let edit = TenantHeld.Edit(position: record.position.rawValue, kind: kind, actor: record.actor)
        let fields = try Installation.fields(db)
        let isRunning = try SyncLog.fetch(db)?.status == .running
        try changeAll(db) { changed in
            guard tenant == nil || tenant == changed.id, changed.decidedAt > 0 || isRunning else { return }
            changed.note(edit, fields)
        }
    }

    private static func changeAll(_ db: Database, _ body: (inout Tenant) -> Void) throws {
        for id in try String.fetchAll(db, sql: "SELECT id FROM tenants ORDER BY number") {
            try change(TenantID(rawValue: id), db, body)
        }
    }

    private static func change(_ id: TenantID, _ db: Database, _ body: (inout Tenant) -> Void) throws {
        guard let text = try String.fetchOne(db, sql: "SELECT data FROM tenants WHERE id = ?", arguments: [id.rawValue])
        else { return }
        var tenant: Tenant = try Coded.value(text)
        body(&tenant)
        try db.execute(
            sql: "UPDATE tenants SET data = ? WHERE id = ?", arguments: [try Coded.text(tenant), id.rawValue])
    }
}
