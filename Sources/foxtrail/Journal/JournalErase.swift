import ArgumentParser
import ContactSync
import Foundation
import Journal
import Projections
import SyncEngine

struct JournalErase: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Remove a person's data for good, here and nowhere else.",
        discussion: """
            Example: foxtrail journal erase ann@contoso.example
            What the journal says of the person is removed from every file of the home directory. The tree stays: older \
            checkpoints and proofs still verify. Not touched: the contact in another help desk, the user in Entra ID, \
            and backups, exports and reports that were made before. Who is read again by a later sync is new.
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp("An e-mail address, or an Entra object id.", valueName: "person")) var person: String
    @Flag(help: "Do not ask.") var yes = false

    func run() throws {
        let actor = try global.permittedActor()
        let plan = try global.readModels().read { try ErasurePlan(person, $0) }
        if !yes { try ask(plan) }
        let (erased, remaining) = try SyncLock.keepingOut(home: global.directory) {
            let store = try Store(home: global.directory)
            let erased = try finishing(plan) {
                try store.erase(Occasion(actor: actor, time: Clock.now())) { transaction in
                    try ErasurePlan(person, transaction.db).people
                }
            }
            return (erased, try Mentions.find(plan.words, home: global.directory))
        }
        sign(actor)
        tell(plan, erased, remaining)
    }

    /// The data is out of the rows already when a reader keeps the old pages from being removed.
    private func finishing<T>(_ plan: ErasurePlan, _ body: () throws -> T) throws -> T {
        do { return try body() } catch JournalError.busy where ErasureMark(home: global.directory).isSet {
            throw Failure(
                .busy, "another process reads the journal: copies of what was erased may still be in its files",
                ["end it; the next command that changes anything removes them, such as foxtrail journal checkpoint"])
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

    private func tell(_ plan: ErasurePlan, _ erased: [Erased], _ remaining: [Int64]) {
        if global.json {
            return Output.json([
                ("erased", .array(erased.map(\.json))), ("helpDesk", .string(plan.desk.kind.rawValue)),
                ("stillIn", .array(remaining.map { .number(String($0)) })),
            ])
        }
        let events = erased.reduce(0) { $0 + $1.events }
        Output.line(
            "erased \(events) event\(events == 1 ? "" : "s") of \(erased.map(\.person.subject.text).joined(separator: ", "))"
        )
        for hint in plan.hints(erased, remaining) { Notice.hint(hint, quiet: global.quiet) }
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
