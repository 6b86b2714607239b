import ArgumentParser
import ContactSync
import GRDB
import Journal
import Projections

struct SettingsHistory: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show who changed a tenant's settings, when, and from what to what.",
        discussion: """
            Example: foxtrail settings history contoso.example

            The newest change comes first. `settings export --at POSITION` prints the settings as they were behind one; \
            applied, they go back.
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption
    @Argument(help: TenantLookup.help) var tenant: String?

    func run() throws {
        let models = try moment.readModels(global)
        let actors = try ActorNames(models)
        let (changes, zone) = try models.read { db in
            let tenant = try TenantLookup.find(tenant, in: Installation.tenants(db), withDeleted: true)
            let changes = try models.journal.read { try TenantHistory.changes(of: tenant.id, db, journal: $0) }
            return (changes, try Installation.account(db)?.timeZone)
        }
        for change in changes.reversed() where change.isTold {
            if global.json { Output.json(change.json(actors)) } else { change.show(actors, zone) }
        }
    }
}

extension TenantChange {
    fileprivate var isTold: Bool { words != nil || !changes.isEmpty }

    private var changes: [SettingsDifference.Change] {
        guard let before, let after else { return [] }
        return SettingsDifference(old: before, new: after).changes
    }

    /// What happened to the tenant itself.
    private var words: String? {
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

    fileprivate func show(_ actors: ActorNames, _ zone: String?) {
        let time = Output.time(record.recordedAt, zone: zone)
        let lines = [words].compactMap(\.self) + changes.map(\.line)
        Output.line(Output.printable("event \(record.position)  \(time)  \(actors.name(record.actor))"))
        for line in lines { Output.line("  " + Output.printable(line)) }
    }

    fileprivate func json(_ actors: ActorNames) -> [(key: String, value: JSONValue)] {
        let changes = changes.map {
            JSONValue.object([("key", .string($0.key)), ("old", JSONValue($0.old)), ("new", JSONValue($0.new))])
        }
        return [
            ("position", .number(record.position.description)), ("at", Output.json(time: record.recordedAt)),
            ("actor", .string(actors.name(record.actor))), ("sync", JSONValue(record.sync)),
            ("type", .string(record.type)), ("text", JSONValue(words)), ("changes", .array(changes)),
        ]
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
