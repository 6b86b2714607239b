import ArgumentParser
import ContactSync
import Foundation
import GRDB
import Journal

struct JournalVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Compute everything anew and compare: file, schema, positions, tree.",
        discussion: """
            Example: foxtrail journal verify --file backup.sqlite
            Exit code 76 when the journal is not what was once written.
            """)
    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("Another journal than the home directory's, such as a backup.", valueName: "file"))
    var file: String?

    func run() throws {
        let path = file ?? JournalFile.path(home: global.directory)
        if let file, !FileManager.default.fileExists(atPath: file) {
            throw Failure(.badInput, "there is no file \(file)", ["check its name and rights"])
        }
        let result = try verify(path)
        if global.json {
            Output.json([
                ("verified", .bool(result.faults.isEmpty)), ("events", .number(String(result.events))),
                ("erased", .number(String(result.erased))),
                ("root", .string(result.root.description)), ("checkedPages", .bool(result.checkedPages)),
                ("faults", .array(result.faults.map(JSONValue.string))),
            ])
        } else if result.faults.isEmpty {
            Output.line("verified \(result.events) events, root \(result.root)")
            if !result.checkedPages {
                Output.line("the file's header was not looked at: its log is not empty, somebody may be writing")
            }
        }
        guard result.faults.isEmpty else {
            Failure(
                .doesNotVerify, "the journal does not verify: \(result.faults[0])",
                result.faults.dropFirst().map { "also: \($0)" } + ["restore it from a backup"]
            ).print()
            throw Finished(code: .doesNotVerify)
        }
    }

    private func verify(_ path: String) throws -> Verification {
        let progress = ProgressLine(quiet: global.quiet)
        defer { progress.clear() }
        // Only for the bar: a journal that cannot be opened is the verifier's to judge.
        let total = try? JournalFile.openForReading(path: path).read { try JournalReader.lastPosition($0).rawValue }
        return try Verifier.verify(path: path) { progress.show("verifying", $0, of: total, unit: "events") }
    }
}
