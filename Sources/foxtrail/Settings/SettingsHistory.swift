import ArgumentParser
import ContactSync
import GRDB
import Journal
import Projections

struct SettingsHistory: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show who changed settings, when, and from what to what.",
        discussion: """
            Example: foxtrail settings history contoso.example
            Example: foxtrail settings history --installation

            Of a tenant, or of what is set for the installation: account, app, help desk, agents, fields and mail. The \
            newest change comes first. `settings export --at POSITION` prints the settings as they were behind one; \
            applied, they go back.
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption
    @Argument(help: TenantLookup.help) var tenant: String?
    @Flag(help: "What was set for the installation, and not for a tenant.") var installation = false

    func validate() throws {
        if installation, tenant != nil { throw ValidationError("--installation is for no tenant") }
    }

    func run() throws {
        let models = try moment.readModels(global)
        let actors = try ActorNames(models)
        let zone = try models.read { try Installation.account($0)?.timeZone }
        let changes = try models.read { db in try models.journal.read { try entries(db, $0) } }
        for change in changes.reversed() where change.isTold {
            if global.json { Output.json(change.json(actors)) } else { change.show(actors, zone) }
        }
    }

    private func entries(_ db: Database, _ journal: Database) throws -> [HistoryEntry] {
        if installation {
            return try InstallationChange.all(db, journal: journal).map {
                HistoryEntry(record: $0.record, words: $0.words, changes: $0.changes)
            }
        }
        let tenant = try TenantLookup.find(tenant, in: Installation.tenants(db), withDeleted: true)
        return try TenantHistory.changes(of: tenant.id, db, journal: journal).map {
            HistoryEntry(record: $0.record, words: $0.words, changes: $0.settings)
        }
    }
}

/// What one event changed, in words and by settings.
private struct HistoryEntry {
    let record: RecordedEvent
    let words: String?
    let changes: [SettingsChange]

    var isTold: Bool { words != nil || !changes.isEmpty }

    func show(_ actors: ActorNames, _ zone: String?) {
        let time = Output.time(record.recordedAt, zone: zone)
        let lines = [words].compactMap(\.self) + changes.map(\.line)
        Output.line(Output.printable("event \(record.position)  \(time)  \(actors.name(record.actor))"))
        for line in lines { Output.line("  " + Output.printable(line)) }
    }

    func json(_ actors: ActorNames) -> [(key: String, value: JSONValue)] {
        [
            ("position", .number(record.position.description)), ("at", Output.json(time: record.recordedAt)),
            ("actor", .string(actors.name(record.actor))), ("sync", JSONValue(record.sync)),
            ("type", .string(record.type)), ("text", JSONValue(words)),
            ("changes", .array(changes.map { JSONValue.object($0.json) })),
        ]
    }
}

extension TenantChange {
    fileprivate var settings: [SettingsChange] {
        guard let before, let after else { return [] }
        return SettingsDifference(old: before, new: after).changes
    }

    /// What happened to the tenant itself.
    fileprivate var words: String? {
        switch event {
        case .tenantAuthorized(let tenant): "authorized: \(tenant.displayName), by \(tenant.signIn.words)"
        case .tenantReauthorized(let tenant): "authorized again, by \(tenant.signIn.words)"
        case .tenantDisabled(let disabled):
            "disabled: \(disabled.reason)" + (record.sync == nil ? "" : " (found by sync \(record.sync ?? 0))")
        case .tenantEnabled: "enabled"
        case .tenantDeleted: "deleted"
        default: nil
        }
    }
}

extension SignIn {
    fileprivate var words: String {
        switch self {
        case .clientSecret: "client secret"
        case .certificate: "certificate"
        case .delegated: "a person"
        }
    }
}
