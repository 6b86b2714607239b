import ContactSync
import GRDB
import Projections

/// What a settings file would change of an installation as it is: all of it, checked as a whole.
struct ConfigurationPlan {
    /// What must be asked elsewhere before all can be checked.
    struct Answers {
        /// The groups that a tenant's document selects.
        var groups: [TenantID: [ChosenGroup]] = [:]
        /// The custom fields of the help desk that the contacts move to; nil where they stay, or nobody was asked yet.
        var fields: [FieldDefinition]?
    }

    let old: InstallationSettings
    let new: InstallationSettings
    private(set) var changes: [SettingsChange] = []
    private(set) var notes: [String] = []
    private(set) var events: [PlannedEvent] = []
    /// The tenants that are named, as they are.
    private(set) var tenants: [Tenant] = []
    /// Some tenant's account e-mails are newly on.
    private(set) var beginsMailing = false
    /// What the mappings rest on is not known before the new help desk was asked.
    private let awaitsFields: Bool
    private let isStream: Bool

    init(_ file: ConfigurationFile, _ answers: Answers, _ secrets: Secrets, _ db: Database) throws {
        isStream = file.tenants.count + (file.installation == nil ? 0 : 1) > 1
        old = try InstallationSettings.required(db)
        var present = old
        if let fields = answers.fields { present.fields = fields }
        new = try file.installation?.settings(from: present, secrets: secrets) ?? present
        let isElsewhere = try HelpDeskState.fetch(db).isElsewhere(than: new.desk)
        awaitsFields = isElsewhere && new.desk.isRemote && answers.fields == nil
        if isElsewhere {
            let way = "foxtrail help-desk use \(new.desk.kind.rawValue) --relink, before this,"
            try HelpDeskSettings.expectNobodyLeft(by: new.desk, db, way)
        }
        if !awaitsFields {
            for section in SettingsSections.all { try section.check(present, new) }
        }
        for section in SettingsSections.all {
            changes += section.changes(old, new)
            events += section.events(old, new)
        }
        if old.account.timeZone != new.account.timeZone {
            notes.append("the new time zone takes effect from the next day")
        }
        notes += goneSecrets.map { "the \($0.words) is removed from the secrets kept here" }
        try add(file.tenants, answers.groups, db)
        // What is removed may have been let go of by a tenant before.
        events = events.filter { !$0.isLate } + events.filter(\.isLate)
    }

    /// Secrets that are not needed any more.
    var goneSecrets: [Secrets.Other] {
        var gone: [Secrets.Other] = []
        if old.desk.isRemote, !new.desk.isRemote { gone.append(.happyFoxKey) }
        if old.mail?.user != nil, new.mail?.user == nil { gone.append(.mailPassword) }
        if old.mail?.hasOwnAuthority == true, new.mail?.hasOwnAuthority != true { gone.append(.mailAuthority) }
        return gone
    }

    /// Whether contacts are to live elsewhere, or are reached in another way.
    var changesDesk: Bool { events.contains { if case .helpDeskChanged = $0.event { true } else { false } } }

    /// Whether contact sync is newly on for some tenant.
    var enablesSync: Bool { events.contains { if case .contactSyncEnabled = $0.event { true } else { false } } }

    /// Whose setting it is stands before each where the file names several.
    var lines: [String] {
        changes.map { (isStream ? $0.tenant.map { "\($0) " } ?? "" : "") + $0.line } + notes.map { "note: \($0)" }
    }

    private mutating func add(
        _ documents: [SettingsDocument], _ groups: [TenantID: [ChosenGroup]], _ db: Database
    ) throws {
        let all = try Installation.tenants(db).filter { !$0.isDeleted }
        var settings = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.settings) })
        for document in documents {
            let tenant = try ConfigurationPlan.tenant(of: document, in: all, hasApp: old.hasApp)
            guard !tenants.contains(where: { $0.id == tenant.id }) else {
                throw document.failure(.badInput, "the settings of \(tenant.domain) stand here twice")
            }
            tenants.append(tenant)
            var edited = try document.settings(from: tenant.settings)
            if let groups = groups[tenant.id] { edited.select(groups) }
            settings[tenant.id] = edited
        }
        if !awaitsFields {
            try MappingChange.refuseFaults(
                all.map { ($0, settings[$0.id] ?? $0.settings) }, from: old.fields, to: new.fields, on: new.desk)
        }
        for tenant in tenants { add(tenant, settings[tenant.id] ?? tenant.settings) }
    }

    private mutating func add(_ tenant: Tenant, _ edited: TenantSettings) {
        let difference = SettingsDifference(old: tenant.settings, new: edited)
        changes += difference.changes.map { change in
            var change = change
            change.tenant = tenant.domain
            return change
        }
        notes += difference.notes.map { isStream ? "\(tenant.domain): \($0)" : $0 }
        beginsMailing = beginsMailing || (edited.accountEmail && !tenant.settings.accountEmail)
        events += tenant.settings.changes(to: edited, tenant: tenant.id).map { PlannedEvent($0, .tenant(tenant.id)) }
    }

    /// The tenant that a document is of. A file can set up a tenant, but nobody's consent.
    static func tenant(of document: SettingsDocument, in all: [Tenant], hasApp: Bool = true) throws -> Tenant {
        let name = try document.tenant()
        if let name, !all.contains(where: { $0.isCalled(name) }) {
            throw document.failure(
                .configuration, "the tenant \(name) is not authorized here",
                (hasApp ? [] : ["first: foxtrail app install"]) + [
                    "foxtrail tenant authorize --tenant \(name) --client-id ID --certificate PEM, or one of the other "
                        + "ways that foxtrail tenant authorize --help tells; then apply this again"
                ])
        }
        return try TenantLookup.find(name, in: all)
    }
}
