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
        let verdicts = try replayed()
        if let sync, verdicts.isEmpty {
            throw Failure(.badInput, "there is no ended sync \(sync)", ["foxtrail sync status shows the latest"])
        }
        for verdict in verdicts where global.json { Output.json(verdict.json) }
        if !global.json { ReplayVerdict.show(verdicts) }
        guard let bug = verdicts.first(where: { $0.different > 0 && $0.engine == Syncer.engineVersion }) else { return }
        throw Failure(
            .bug, "sync \(bug.sync) is decided otherwise by the engine that decided it",
            ["this is a bug in foxtrail; please report it"]
                + (bug.differences.first.map { ["the first record that differs is \($0.subject)"] } ?? []))
    }

    private func replayed() throws -> [ReplayVerdict] {
        let progress = ProgressLine(quiet: global.quiet)
        defer { progress.clear() }
        let journal = try JournalFile.openForReading(path: JournalFile.path(home: global.directory))
        return try journal.read { db in
            let total = try JournalReader.lastPosition(db).rawValue
            return try Replayer.run(
                db, only: sync, progress: { progress.show("replaying", $0, of: total, unit: "events") },
                atEnd: { state in if let report { try write(report, state, db) } })
        }
    }

    private func write(_ path: String, _ state: Database, _ journal: Database) throws {
        let file = try OutputFile(path: path)
        var buffer = Array(CSV.line(Report.header).utf8)
        try Report.each(state, journal: journal) { row in
            buffer += Array(CSV.line(row.cells).utf8)
            guard buffer.count > 1 << 16 else { return }
            try file.write(buffer)
            buffer.removeAll(keepingCapacity: true)
        }
        try file.write(buffer)
        try file.finish()
    }
}
