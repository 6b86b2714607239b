import ArgumentParser
import ContactSync
import GRDB
import Journal
import Projections
import SyncEngine

struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Decide a sync again from its recorded inputs, and compare.",
        discussion: """
            Example: foxtrail replay 3 --report third.csv
                     foxtrail replay --bundle ann.json
                     foxtrail replay --settings edited.yaml

            With --settings FILE it shows what other settings would make of recorded data: of what holds now, or of what a \
            sync was told. No network is used and nothing is recorded; output as of `sync preview`.

            Exit code 70 when this engine decides a sync of its own version otherwise.
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: "A sync's number; without it, every sync.") var sync: Int64?
    @Option(help: ArgumentHelp("Write that sync's report, as it was, to this file.", valueName: "file")) var report:
        String?
    @Option(help: ArgumentHelp("What if these were the settings: a file as for `settings apply`.", valueName: "file"))
    var settings: String?
    @Flag(help: "With --settings: show all records, also on a terminal.") var all = false

    @Option(help: ArgumentHelp("Decide the record of a bundle instead; needs no home.", valueName: "file"))
    var bundle: String?

    func run() throws {
        if let bundle {
            return try BundleReplay(path: bundle).run(json: global.json, besides: sync != nil || report != nil)
        }
        if let settings {
            guard report == nil else {
                throw Failure(.usage, "--report is of what was, and --settings of what was not")
            }
            let whatIf = ReplayWhatIf(global: global, file: settings, isWhole: all)
            return try sync.map { try whatIf.show($0) } ?? whatIf.show()
        }
        guard report == nil || sync != nil else { throw Failure(.usage, "--report needs the number of a sync") }
        let journal = try JournalFile.openForReading(path: JournalFile.path(home: global.directory))
        let verdicts = try journal.read { db in
            try Replayer.run(db, only: sync) { state in if let report { try write(report, state) } }
        }
        if let sync, verdicts.isEmpty {
            throw Failure(.badInput, "there is no ended sync \(sync)", ["foxtrail sync status shows the latest"])
        }
        for verdict in verdicts where global.json {
            Output.json([
                ("sync", .number(String(verdict.sync))), ("engine", .number(String(verdict.engine))),
                ("same", .number(String(verdict.same))),
                ("different", .number(String(verdict.different))), ("erased", .number(String(verdict.erased))),
                ("differences", .array(verdict.differences.map(Replay.json))),
            ])
        }
        if !global.json {
            Output.table(
                ["SYNC", "ENGINE", "SAME", "DIFFERENT", "ERASED"],
                verdicts.map {
                    [$0.sync, Int64($0.engine), Int64($0.same), Int64($0.different), Int64($0.erased)].map {
                        String($0)
                    }
                })
        }
        for verdict in verdicts {
            for difference in verdict.differences where !global.json {
                Output.line(
                    "sync \(verdict.sync) \(difference.subject)\n  recorded \(Output.printable(difference.recorded))\n  decided  \(Output.printable(difference.decided))"
                )
            }
        }
        if verdicts.contains(where: { $0.different > 0 && $0.engine == Syncer.engineVersion }) {
            let first = verdicts.first { $0.different > 0 && $0.engine == Syncer.engineVersion }
            throw Failure(
                .bug, "sync \(first?.sync ?? 0) is decided otherwise by the engine that decided it",
                ["this is a bug in foxtrail; please report it"]
                    + (first?.differences.first.map { ["the first record that differs is \($0.subject)"] } ?? []))
        }
    }

    private static func json(_ difference: (subject: String, recorded: String, decided: String)) -> JSONValue {
        .object([
            ("subject", .string(difference.subject)), ("recorded", .string(difference.recorded)),
            ("decided", .string(difference.decided)),
        ])
    }

    private func write(_ path: String, _ db: Database) throws {
        let file = try OutputFile(path: path)
        var csv = CSV.line(Report.header)
        try Report.each(db) { csv += CSV.line($0.cells) }
        try file.write(Array(csv.utf8))
        try file.finish()
    }
}
