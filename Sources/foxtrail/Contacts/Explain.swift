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
    @Argument(help: "An e-mail address, or an Entra object id.") var person: String

    func run() throws {
        let models = try global.readModels()
        // The journal is read behind the projections, never before them: it holds whatever they point to.
        try models.read { db in
            try models.journal.read { journal in
                let found = try RecordLookup.find(person, db)
                guard !found.isEmpty else {
                    throw Failure(
                        .badInput, "no record and no contact of Entra ID is \(person)",
                        ["foxtrail contact list shows the contacts", "foxtrail log report shows the records"])
                }
                for record in found { try explain(record, db, journal) }
            }
        }
    }

    private func explain(_ record: FoundRecord, _ db: Database, _ journal: Database) throws {
        let row = record.row
        guard let tenant = try Installation.tenants(db).first(where: { $0.id == row.tenant }),
            let fetched = try JournalReader.event(journal, at: Position(rawValue: row.base)),
            let user = try RecordLookup.object(row, db, journal: journal)
        else { throw Failure(.badInput, "the record's data was erased") }
        let rules = Rules(settings: tenant.settings, fields: try Installation.fields(db))
        let failure = try row.failure.map { try ContactFailed(event: JSONValue(parsing: $0)) }
        let mapped = mappedLines(rules, user)
        if global.json {
            return Output.json([
                ("tenant", .string(tenant.id.rawValue)), ("objectID", .string(row.objectID)),
                ("fetchedIn", JSONValue(fetched.sync)),
                ("fetchedAt", Output.json(time: fetched.recordedAt)),
                ("position", .number(fetched.position.description)),
                ("removed", .bool(row.isRemoved)), ("contact", JSONValue(row.contact?.rawValue)),
                ("outcome", .string(row.outcome == .failed ? "failed" : "synced")),
                (
                    "mapped",
                    .array(
                        mapped.map {
                            .object(zip(["field", "property", "type", "value"], $0).map { ($0, .string($1)) })
                        })
                ),
                (
                    "reasons",
                    .array(
                        (failure?.reasons ?? []).map {
                            .object([
                                ("text", .string($0.text)), ("advice", .string($0.advice)), ("code", .string($0.code)),
                            ])
                        })
                ),
            ])
        }
        Output.line(
            "fetched   in sync \(fetched.sync ?? 0) at \(Output.time(fetched.recordedAt)), event \(fetched.position), object \(row.objectID)"
        )
        Output.line(
            "selected  all users of \(tenant.domain)\(row.isRemoved ? "; gone from Entra ID since, the contact is kept" : "")"
        )
        Output.line(
            "matched   " + (record.contact.map { "contact \($0.id) (\($0.email)), by the link" } ?? "no contact"))
        Output.line("mapped")
        Output.table(["  FIELD", "PROPERTY", "TYPE", "VALUE"], mapped.map { ["  " + $0[0]] + $0.dropFirst() })
        guard let failure else { return Output.line("done      synced") }
        Output.line("done      failed")
        for reason in failure.reasons {
            Output.line("  - \(Output.printable(reason.text))")
            Output.line("    to mend it: \(Output.printable(reason.advice))")
        }
    }

    private func mappedLines(_ rules: Rules, _ user: UserObject) -> [[String]] {
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
