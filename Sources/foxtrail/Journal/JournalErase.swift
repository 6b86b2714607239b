import ArgumentParser
import ContactSync
import Foundation
import GRDB
import Journal
import Projections
import SyncEngine

struct JournalErase: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Remove a person's data for good, here and nowhere else.",
        discussion: """
            Example: foxtrail journal erase ann@contoso.example
            What the journal says of the person is removed from every file of the home directory. The tree stays: older \
            checkpoints and proofs still verify. Whoever gets notices is taken from those first: notice set --email. Not touched: the contact in another help desk, the user in Entra ID, \
            and backups, exports and reports that were made before. Who is read again by a later sync is new.
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp("An e-mail address, or an Entra object id.", valueName: "person")) var person: String
    @Flag(help: "Do not ask.") var yes = false

    func run() throws {
        let actor = try global.permittedActor()
        // Who runs an interrupted erasure again is to see it finished.
        if ErasureMark(home: global.directory).isSet { _ = try Store(home: global.directory) }
        let line = ProgressLine(quiet: global.quiet)
        defer { line.clear() }
        line.show(step: "looking through the journal")
        let plan = try planned()
        line.clear()
        if !yes { try ask(plan) }
        let erased: [Erased]
        do {
            erased = try SyncLock.keepingOut(home: global.directory) { try erase(plan, actor, line) }
        } catch SyncError.busy {
            throw Failure(.busy, "a sync or another erasure is at work", ["wait for it, and try again"])
        }
        sign(actor)
        line.show(step: "looking through the journal")
        let journal = try JournalFile.openForReading(path: JournalFile.path(home: global.directory))
        let mentions = try journal.read { try Mentions.find(plan.words, $0) }
        line.clear()
        try tell(plan, erased, mentions)
    }

    /// Closes what it reads by: whoever closes the journal last takes in its log.
    private func planned() throws -> ErasurePlan {
        let models = try global.readModels()
        return try models.read { db in try models.journal.read { try ErasurePlan(person, db, journal: $0) } }
    }

    private func erase(_ plan: ErasurePlan, _ actor: String, _ line: ProgressLine) throws -> [Erased] {
        let store = try Store(home: global.directory)
        line.show(step: "erasing")
        defer { line.clear() }
        return try global.folding { progress in
            try store.erase(
                Occasion(actor: actor, time: Clock.now()), progress: progress,
                rewriting: { line.show(step: "writing the journal anew") }
            ) { transaction in
                let now = try ErasurePlan(person, transaction.db, journal: transaction.appender.db)
                guard now.person.subject == plan.person.subject else {
                    throw Failure(.busy, "who is known as \(person) has changed meanwhile", ["try again"])
                }
                return [now.person]
            }
        }
    }

    private func ask(_ plan: ErasurePlan) throws {
        guard isatty(STDIN_FILENO) == 1 else {
            throw Failure(.usage, "nobody can be asked whether to erase \(person)", ["--yes goes on without"])
        }
        Notice.tell(plan.lines)
        let question = "This cannot be undone. Erase? [y/N] "
        _ = Descriptor.write(Array(question.utf8), to: STDERR_FILENO)
        guard ["y", "yes"].contains(readLine()?.trimmingCharacters(in: .whitespaces).lowercased()) else {
            Notice.tell(["nothing was erased"])
            throw Finished(code: .done)
        }
    }

    private func sign(_ actor: String) {
        do { _ = try Signing(home: global.directory).sign(actor: actor) } catch {
            Notice.tell(["hint: it is erased, but no checkpoint was signed: \(Failure(describing: error).message)"])
        }
    }

    private func tell(_ plan: ErasurePlan, _ erased: [Erased], _ mentions: [Int64]) throws {
        let notes = plan.notes(
            contacts: erased.flatMap(\.contacts), kept: erased.flatMap(\.kept), mentions: mentions)
        if global.json {
            return Output.json([
                ("erased", .array(erased.map(\.json))), ("helpDesk", .string(plan.desk.kind.rawValue)),
                ("mentionedIn", .array(mentions.map { .number(String($0)) })),
                ("notes", .array(notes.map(JSONValue.string))),
            ])
        }
        for erased in erased {
            let count = "\(erased.events) event\(erased.events == 1 ? "" : "s")"
            Output.line("erased \(count) of \(erased.person.subject.text)")
        }
        for note in notes { Notice.hint(note, quiet: global.quiet) }
    }
}

extension Erased {
    fileprivate var json: JSONValue {
        .object([
            ("subject", .string(person.subject.text)), ("events", .number(String(events))),
            ("position", .number(position.description)), ("contacts", .array(contacts.map { .number($0.description) })),
            ("takenOver", .array(kept.map { .number($0.description) })),
        ])
    }
}
