import ArgumentParser
import ContactSync
import Foundation
import GRDB
import Journal
import Projections

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Why a contact or a failed record is as it is: fetched, selected, matched, mapped, done.",
        discussion: """
            Example: foxtrail explain ann@contoso.example
                     foxtrail explain ann@contoso.example --history
                     foxtrail explain ann@contoso.example --bundle ann.json
                     foxtrail explain ann@contoso.example --at 2026-11-24
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption
    @Argument(help: ArgumentHelp("An e-mail address, or an Entra object id.", valueName: "who")) var person: String
    @Flag(help: "Every event about the person, newest first.") var history = false
    @Option(
        help: ArgumentHelp(
            "Write what the record was decided upon to this file, with other letters and digits: for a developer, who "
                + "says foxtrail replay --bundle FILE.", valueName: "file"))
    var bundle: String?

    func run() throws {
        guard !history || bundle == nil else { throw Failure(.usage, "--history and --bundle are two questions") }
        guard moment.at == nil || bundle == nil else {
            throw Failure(.usage, "--bundle is of what was decided last, and --at of the past")
        }
        let models = try moment.readModels(global)
        // The journal is read behind the projections, never before them: it holds whatever they point to.
        try models.read { db in
            try models.journal.read { journal in
                if history {
                    let listing = try HistoryListing(person, db, journal, to: models.moment?.position)
                    return listing.show(json: global.json)
                }
                if let bundle {
                    return try BundleWriting(global: global, path: bundle).write(person, db, journal)
                }
                try explain(db, journal)
            }
        }
    }

    private func explain(_ db: Database, _ journal: Database) throws {
        let zone = try Installation.account(db)?.timeZone ?? "UTC"
        let records = try RecordFacts.find(person, db, journal: journal)
        if records.isEmpty {
            guard let contact = try ContactFacts.find(person, db, journal: journal) else {
                if try RecordFacts.isErased(person, db, journal: journal) { throw erased }
                throw try Explain.unknown(person, db)
            }
            let explanation = ContactExplanation(facts: contact, actors: try ActorNames(db), zone: zone)
            return global.json ? Output.json(explanation.json) : explanation.show()
        }
        let explanations = records.map { Explanation(facts: $0, zone: zone) }
        if global.json { return explanations.forEach { Output.json($0.json) } }
        if explanations.count > 1 {
            Output.line(Output.printable("\(explanations.count) users want \(person), or have it:"))
            for explanation in explanations { Output.line("  " + Output.printable(explanation.title)) }
        }
        for explanation in explanations {
            if explanations.count > 1 { Output.line("") }
            explanation.show()
        }
    }

    private var erased: Failure {
        Failure(
            .badInput, "what was known of \(person) was erased since",
            ["foxtrail explain \(person) --history shows what stayed"])
    }

    static func unknown(_ person: String, _ db: Database) throws -> Failure {
        let limited = try Installation.tenants(db).filter { tenant in
            tenant.settings.users != .all || tenant.settings.include != Inclusion()
        }
        return Failure(
            .badInput, "no record and no contact is \(person)",
            ["foxtrail contact list shows the contacts", "foxtrail log report shows the records"]
                + limited.map { "only who is selected has a record: \($0.settings.selectionInWords(of: $0.domain))" })
    }
}
