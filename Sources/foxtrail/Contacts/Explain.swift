import ArgumentParser
import ContactSync
import Foundation
import GRDB
import Journal
import Projections

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Why a contact or a failed record is as it is: fetched, selected, matched, mapped, done.",
        discussion: "Example: foxtrail explain ann@contoso.example")
    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp("An e-mail address, or an Entra object id.", valueName: "who")) var person: String

    func run() throws {
        let models = try global.readModels()
        // The journal is read behind the projections, never before them: it holds whatever they point to.
        try models.read { db in
            try models.journal.read { journal in
                let found = try RecordLookup.find(person, db)
                guard !found.isEmpty else { throw try unknown(db) }
                for record in found {
                    let explanation = try Explanation(record, db, journal)
                    if global.json { Output.json(explanation.json) } else { explanation.show() }
                }
            }
        }
    }

    private func unknown(_ db: Database) throws -> Failure {
        let limited = try Installation.tenants(db).filter { tenant in
            tenant.settings.users != .all || tenant.settings.include != Inclusion()
        }
        return Failure(
            .badInput, "no record and no contact of Entra ID is \(person)",
            ["foxtrail contact list shows the contacts", "foxtrail log report shows the records"]
                + limited.map { "only who is selected has a record: \($0.settings.selectionInWords(of: $0.domain))" })
    }
}

/// All that is known of one record.
private struct Explanation {
    let record: FoundRecord
    let tenant: Tenant
    let fetched: RecordedEvent
    let user: UserObject
    let rules: Rules
    let failure: ContactFailed?
    /// How the user went, where the user has gone.
    let removal: (event: RecordedEvent, cause: UserRemoved.Cause)?
    /// The account's time zone.
    let zone: String
    /// Whom the failed record would have been linked to.
    let unlinked: Contact?
    /// The help desk was asked to write the contact, and nothing is known of the answer.
    let isPending: Bool
    let mail: AccountMail?

    init(_ record: FoundRecord, _ db: Database, _ journal: Database) throws {
        let row = record.row
        guard let tenant = try Installation.tenants(db).first(where: { $0.id == row.tenant }),
            let fetched = try JournalReader.event(journal, at: Position(rawValue: row.base)),
            let user = try RecordLookup.object(row, db, journal: journal)
        else { throw Failure(.badInput, "the record's data was erased") }
        (self.record, self.tenant, self.fetched, self.user) = (record, tenant, fetched, user)
        rules = Rules(settings: tenant.settings, fields: try Installation.fields(db))
        isPending = try RecordLookup.isPending(row, db)
        zone = try Installation.account(db)?.timeZone ?? "UTC"
        let failure = try row.failure.map { try ContactFailed(event: JSONValue(parsing: $0)) }
        self.failure = failure
        unlinked = record.contact == nil ? try failure?.contact.flatMap { try RecordLookup.contact($0, db) } : nil
        removal = row.isRemoved ? try Explanation.removal(row, journal) : nil
        mail = try AccountMails.mail(of: row.id, db)
    }

    private static func removal(
        _ row: UsersTable.Row, _ journal: Database
    ) throws -> (event: RecordedEvent, cause: UserRemoved.Cause)? {
        // What was recorded of an e-mail since then stands behind it.
        var next: Position? = Position(rawValue: row.lastEvent)
        while let position = next, let event = try JournalReader.event(journal, at: position) {
            if let data = event.data, let type = EventType(rawValue: event.type),
                case .userRemoved(let removed) = try Event(type, data: data)
            {
                return (event, removed.cause)
            }
            next = event.previous
        }
        return nil
    }

    /// `undecided` where the help desk has not been told yet.
    private var outcome: String {
        switch record.row.outcome {
        case .undecided: "undecided"
        case .synced: "synced"
        case .failed: "failed"
        }
    }

    private var removalInWords: String? {
        guard record.row.isRemoved else { return nil }
        return removal?.cause.words(because: tenant.settings.exclusion(of: user)) ?? "gone from Entra ID"
    }

    /// What a guard keeps from the contact; nil where it holds nothing of this user.
    private var heldInWords: String? {
        guard record.row.isDue, let hold = tenant.hold else { return nil }
        let email = record.contact?.email ?? rules.email.value(in: user).shown
        return "what is mapped here is held by the guard since sync \(hold.sync): foxtrail sync approve --only \(email)"
    }

    /// What is not wrong by itself and puzzles people all the same.
    private var notes: [String] {
        guard rules.email.root == "userPrincipalName",
            case .text(let name) = rules.email.value(in: user), name.uppercased().contains("#EXT#")
        else { return [] }
        return [
            "a guest's userPrincipalName is no mailbox; the usual remedy is to map mail: "
                + "foxtrail settings set fields.email mail"
        ]
    }

    /// Field, property, type and value.
    private var mapped: [[String]] {
        let paths =
            [("email", rules.email), ("name", rules.name)]
            + rules.phones.map { ("\($0.type.rawValue) phone", $0.path) }
            + rules.fields.map { ($0.definition.name, $0.path) }
        return paths.map { name, path in
            let value = path.value(in: user)
            return [name, path.description, value.typeName, value.shown]
        }
    }
}

extension Explanation {
    func show() {
        line("fetched", "in " + place(of: fetched))
        line("object", record.row.objectID)
        line("selected", tenant.settings.selectionInWords(of: tenant.domain))
        if let removalInWords {
            line("gone", "\(removalInWords)\(removal.map { " (\(place(of: $0.event)))" } ?? "")")
            if record.contact != nil { line("", "the contact is kept, and no longer follows Entra ID") }
        }
        line("matched", matchInWords)
        line("mapped", "")
        Output.table(["  FIELD", "PROPERTY", "TYPE", "VALUE"], mapped.map { ["  " + $0[0]] + $0.dropFirst() })
        if let mail { line("e-mail", mail.words(in: zone)) }
        line("done", isPending ? "asked for, and the answer is missing: the next sync finds out" : outcome)
        for reason in failure?.reasons ?? [] {
            Output.line("  - \(Output.printable(reason.text))")
            Output.line("    to mend it: \(Output.printable(reason.advice))")
        }
        if let heldInWords { line("held", heldInWords) }
        for note in notes { line("note", note) }
    }

    private func line(_ name: String, _ text: String) {
        let name = TextWidth.fitted(name, to: 10, padding: !text.isEmpty)
        Output.line(name + Output.printable(text))
    }

    private var matchInWords: String {
        if let contact = record.contact { return "contact \(contact.id) (\(contact.email)), by the link" }
        return unlinked.map { "contact \($0.id) (\($0.email)), not linked" } ?? "no contact"
    }

    private func place(of event: RecordedEvent) -> String {
        "sync \(event.sync ?? 0) at \(Output.time(event.recordedAt, zone: zone)), event \(event.position)"
    }

    var json: [(key: String, value: JSONValue)] {
        let row = record.row
        return [
            ("tenant", .string(tenant.id.rawValue)), ("objectID", .string(row.objectID)),
            ("fetchedIn", JSONValue(fetched.sync)), ("fetchedAt", Output.json(time: fetched.recordedAt)),
            ("position", .number(fetched.position.description)),
            ("selection", .string(tenant.settings.selectionInWords(of: tenant.domain))),
            ("removed", .bool(row.isRemoved)), ("removedBecause", JSONValue(removal?.cause.rawValue)),
            ("removedIn", JSONValue(removal?.event.sync)), ("contact", JSONValue(row.contact?.rawValue)),
            ("accountEmail", JSONValue(mail?.state.rawValue)),
            ("outcome", .string(outcome)), ("pending", .bool(isPending)),
            ("held", .bool(heldInWords != nil)),
            ("mapped", .array(mapped.map(Explanation.mappedJSON))),
            ("reasons", .array((failure?.reasons ?? []).map(Explanation.json))),
            ("notes", .array(notes.map(JSONValue.string))),
        ]
    }

    private static func mappedJSON(_ cells: [String]) -> JSONValue {
        .object(zip(["field", "property", "type", "value"], cells).map { ($0, .string($1)) })
    }

    private static func json(_ reason: Reason) -> JSONValue {
        .object([("text", .string(reason.text)), ("advice", .string(reason.advice)), ("code", .string(reason.code))])
    }
}
