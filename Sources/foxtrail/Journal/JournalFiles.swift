import ArgumentParser
import ContactSync
import GRDB
import Journal

struct JournalStat: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stat", abstract: "Show how many events there are of which type.",
        discussion: "Example: foxtrail journal stat --json")
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let path = JournalFile.path(home: global.directory)
        let statistics = try JournalFile.openForReading(path: path).read { try JournalStatistics($0, path: path) }
        if global.json {
            return Output.json([
                ("events", .number(String(statistics.events))), ("bytes", .number(String(statistics.bytes))),
                ("first", Output.json(time: statistics.first)), ("last", Output.json(time: statistics.last)),
                ("root", .string(statistics.root.description)),
                ("types", .object(statistics.types.map { ($0.type, .number(String($0.count))) })),
            ])
        }
        Output.line(
            "\(statistics.events) events in \(statistics.bytes) bytes, from \(Output.time(statistics.first)) to \(Output.time(statistics.last))"
        )
        Output.line("root \(statistics.root)")
        Output.table(["TYPE", "EVENTS"], statistics.types.map { [$0.type, String($0.count)] })
    }
}

struct JournalBackup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the journal as of now to one file, while others may write.",
        discussion: "Example: foxtrail journal backup /backup/journal-2026-11-23.sqlite")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The file to write; it must not exist.") var file: String

    func run() throws {
        let journal = try JournalFile.openForReading(path: JournalFile.path(home: global.directory))
        let line = ProgressLine(quiet: global.quiet)
        do {
            defer { line.clear() }
            try JournalReader.backup(journal, to: file) { line.show("copying", $0, of: $1, unit: "pages") }
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_CANTOPEN
        {
            throw Failure(.cannotCreate, "the file \(file) cannot be written", ["check its directory and rights"])
        }
        if global.quiet, !global.json { return }
        let statistics = try JournalFile.openForReading(path: file).read { try JournalStatistics($0, path: file) }
        if global.json {
            return Output.json([
                ("file", .string(file)), ("events", .number(String(statistics.events))),
                ("bytes", .number(String(statistics.bytes))), ("root", .string(statistics.root.description)),
            ])
        }
        Output.line("wrote \(statistics.events) events to \(file)")
    }
}
