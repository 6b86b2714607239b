import ArgumentParser
import ContactSync
import GRDB
import Journal
import Projections

struct ContactBlame: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blame", abstract: "Show since when each field of a contact is so, and who or what made it so.",
        discussion: """
            Example: foxtrail contact blame ann@contoso.example

            `journal show POSITION` prints the event whole; `contact blame EMAIL --at POSITION` tells it as it was.
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption
    @Argument(help: "The contact's e-mail.") var email: String

    func run() throws {
        let models = try moment.readModels(global)
        let actors = try ActorNames(models)
        try models.read { db in
            let found = try ContactShow.find(email, db, models)
            let fields = try models.journal.read { try Blame.fields(of: found.contact, db, journal: $0) }
            if global.json { return Output.json(found.blame(fields.map { $0.json(actors) })) }
            let zone = try Installation.account(db)?.timeZone ?? "UTC"
            let sources = try BlameWords(db, actors)
            Output.table(
                ["FIELD", "VALUE", "SINCE (\(zone))", "EVENT", "FROM"],
                fields.map { field in
                    [
                        field.field.text, field.value?.shown ?? "(emptied)",
                        Output.time(field.event?.recordedAt, zone: zone),
                        field.event?.position.description ?? "", sources.text(field),
                    ]
                })
        }
    }
}

/// Who or what a field's value comes from, for people.
private struct BlameWords {
    private let actors: ActorNames
    private let domains: [TenantID: String]
    private let desk: String

    init(_ db: Database, _ actors: ActorNames) throws {
        self.actors = actors
        domains = try Dictionary(uniqueKeysWithValues: Installation.tenants(db).map { ($0.id, $0.domain) })
        desk = try HelpDeskState.fetch(db).desk.kind.name
    }

    func text(_ field: BlamedField) -> String {
        guard let event = field.event else { return "no longer known: erased" }
        guard let sync = event.sync else { return actors.name(event.actor) }
        guard let user = field.user else { return "sync \(sync), which read it from \(desk)" }
        return "sync \(sync), from user \(user.objectID) of \(domains[user.tenant] ?? user.tenant.rawValue)"
    }
}

extension HelpDesk.Kind {
    fileprivate var name: String {
        switch self {
        case .embedded: "the embedded help desk"
        case .happyfox: "HappyFox"
        }
    }
}

extension ListedContact {
    fileprivate func blame(_ fields: [JSONValue]) -> [(key: String, value: JSONValue)] {
        [("id", .number(contact.id.description)), ("email", .string(contact.email)), ("fields", .array(fields))]
    }
}

extension BlamedField {
    fileprivate func json(_ actors: ActorNames) -> JSONValue {
        .object([
            ("field", .string(field.text)), ("value", value?.json ?? .null),
            ("since", Output.json(time: event?.recordedAt)), ("position", JSONValue(event?.position.rawValue)),
            ("type", JSONValue(event?.type)), ("actor", JSONValue(event.map { actors.name($0.actor) })),
            ("sync", JSONValue(event?.sync)), ("tenant", JSONValue(user?.tenant.rawValue)),
            ("objectID", JSONValue(user?.objectID)),
        ])
    }
}
