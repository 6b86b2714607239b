import ArgumentParser
import ContactSync
import Foundation
import GRDB
import Journal

struct JournalExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the journal, as of its last checkpoint, in an open format.",
        discussion: """
            Example: foxtrail journal export --format tiles --output export
            jsonl: a line with the checkpoint, then all of each event, its data too. cloudevents: CloudEvents 1.0, an \
            event a line. tiles: a directory in the C2SP layout, with the tree and the entries, and nobody's data; \
            journal prove opens a single event to whoever has it. Secrets are in none of them.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case jsonl, cloudevents, tiles
    }

    @OptionGroup var global: GlobalOptions
    @Option(help: "jsonl, cloudevents or tiles.") var format: Format
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The file to write, else stdout; for tiles a directory, which must not exist.", valueName: "path"))
    var output: String?

    func validate() throws {
        if format == .tiles, output == nil { throw ValidationError("tiles are a directory: --output names it") }
        if global.json, output == nil {
            throw ValidationError("--json tells what was written: --output names where to")
        }
    }

    func run() throws {
        let checkpoint = try global.keptCheckpoint()
        let journal = try JournalFile.openForReading(path: JournalFile.path(home: global.directory))
        // Between the lines of an export that goes to the same terminal it would only disturb.
        let line = ProgressLine(quiet: global.quiet || output == nil && isatty(STDOUT_FILENO) == 1)
        let progress: (Int64) -> Void = { line.show("exporting", $0, of: checkpoint.size, unit: "events") }
        try journal.read { db in
            switch format {
            case .tiles: try writeTiles(TileExport(db, checkpoint: checkpoint), progress)
            case .jsonl: try write(JournalExport(db, checkpoint: checkpoint), .jsonl, progress)
            case .cloudevents: try write(JournalExport(db, checkpoint: checkpoint), .cloudEvents, progress)
            }
        }
        line.clear()
        guard let output else { return }
        if global.json {
            Output.json([("path", .string(output)), ("format", .string(format.rawValue))] + checkpoint.members)
        } else if !global.quiet {
            Output.line("wrote \(checkpoint.size) events, as of the last checkpoint, to \(output)")
        }
    }

    private func write(_ export: JournalExport, _ lines: JournalExport.Lines, _ progress: (Int64) -> Void) throws {
        let file = try output.map { try OutputFile(path: $0) }
        // A system call for many lines.
        var buffer: [UInt8] = []
        func flush() throws {
            if let file { try file.write(buffer) } else { Output.write(buffer) }
            buffer.removeAll(keepingCapacity: true)
        }
        try export.write(lines, progress: progress) { line in
            buffer += line
            if buffer.count > 1 << 16 { try flush() }
        }
        try flush()
        try file?.finish()
    }

    private func writeTiles(_ export: TileExport, _ progress: (Int64) -> Void) throws {
        guard let output else { return }
        let directory = try OutputDirectory(path: output)
        try export.write(progress: progress) { try directory.write($1, at: $0) }
        try directory.finish()
    }
}
