import ArgumentParser
import ContactSync
import GRDB
import Projections

struct ContactCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contact", abstract: "Help-desk contacts.",
        discussion: "Example: foxtrail contact show ann@contoso.example",
        subcommands: [ContactList.self, ContactShow.self, ContactBlame.self, ContactAdd.self])
}

struct ContactList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the contacts, marking those from Entra ID.",
        discussion: """
            Example: foxtrail contact list --json
                     foxtrail contact list --at 2026-11-24
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption

    func run() throws {
        let models = try moment.readModels(global)
        let (origins, state) = try models.read { (try Origins($0), try HelpDeskState.fetch($0)) }
        var count = 0
        if global.json {
            try models.read { db in
                try Contacts.each(db) {
                    count += 1
                    Output.json($0.json)
                }
            }
        } else {
            var rows: [[String]] = []
            try models.read { try Contacts.each($0) { rows.append($0.cells(origins)) } }
            count = rows.count
            Output.table(["ID", "EMAIL", "NAME", "PHONES", "ORIGIN"], rows)
        }
        if count == 0, state.desk.isRemote, state.contactsReadAt == nil, !models.isPast {
            Notice.hint("the first sync reads the contacts of \(state.desk.words)", quiet: global.quiet)
        }
    }
}

struct ContactShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one contact whole.",
        discussion: "Example: foxtrail contact show ann@contoso.example")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption
    @Argument(help: "The contact's e-mail.") var email: String

    func run() throws {
        let models = try moment.readModels(global)
        let (found, origins) = try models.read { (try ContactShow.find(email, $0, models), try Origins($0)) }
        if global.json { return Output.json(found.json) }
        let contact = found.contact
        Output.record(
            [("id", contact.id.description), ("email", contact.email), ("name", contact.name)]
                + contact.phones.sorted { $0.key < $1.key }.map { ("\($0.key.rawValue) phone", $0.value) }
                + contact.customFields.sorted { $0.key < $1.key }.map { ($0.key, $0.value.shown) }
                + [
                    ("origin", origins.name(of: found)),
                    ("object id", found.user?.objectID ?? ""),
                ])
    }

    static func find(_ email: String, _ db: Database, _ models: ReadModels) throws -> ListedContact {
        var found: ListedContact?
        try Contacts.each(db, email: email) { found = $0 }
        guard let found else {
            throw Failure(
                .badInput, "there is no contact \(email)\(models.atEvent)", ["foxtrail contact list shows the contacts"]
            )
        }
        return found
    }
}

struct ContactAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a contact by hand.",
        discussion: "Example: foxtrail contact add --email ann@acme.example --name Ann")
    @OptionGroup var global: GlobalOptions
    @Option(help: "The contact's e-mail.") var email: String
    @Option(help: "The contact's name.") var name: String

    func run() throws {
        guard EmailAddress.isValid(email) else { throw Failure(.badInput, "\(email) is not an e-mail address") }
        guard name.contains(where: { !$0.isWhitespace }) else {
            throw Failure(.badInput, "the contact's name is empty")
        }
        let (event, contact) = try global.change { transaction in
            try HelpDeskSettings.expectEmbedded(
                transaction.db, "contacts", "add the contact there; a sync finds it by its e-mail")
            if let row = try transaction.projector.contacts.row(email: email) {
                throw Failure(.badInput, "contact \(row.contact.id) has the address \(email) already")
            }
            let contact = Contact(id: try transaction.projector.contacts.nextID(), email: email, name: name)
            let event = Event.contactAdded(.init(contact: contact))
            try transaction.append(event, .contact(contact.id))
            var listed: ListedContact?
            try Contacts.each(transaction.db, email: email) { listed = $0 }
            return (event, listed)
        }
        global.tell([event], contact?.json ?? [], "added contact \(contact?.contact.id.description ?? "")")
    }
}

extension ListedContact {
    var json: [(key: String, value: JSONValue)] {
        [
            ("id", .number(contact.id.description)), ("email", .string(contact.email)), ("name", .string(contact.name)),
            (
                "phones",
                .array(
                    contact.phones.sorted { $0.key < $1.key }.map {
                        .object([("type", .string($0.key.rawValue)), ("number", .string($0.value))])
                    })
            ),
            ("customFields", .object(contact.customFields.map { ($0.key, $0.value.json) })),
            ("source", .string(isFromEntra ? "entra" : "manual")), ("tenant", JSONValue(user?.tenant.rawValue)),
            ("objectID", JSONValue(user?.objectID)),
        ]
    }

    func cells(_ origins: Origins) -> [String] {
        [
            contact.id.description, contact.email, contact.name,
            contact.phones.sorted { $0.key < $1.key }.map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", "),
            origins.name(of: self),
        ]
    }
}
