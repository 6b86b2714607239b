import ArgumentParser
import ContactSync
import Foundation
import GRDB
import Journal

struct JournalVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Compute everything anew and compare: file, schema, positions, tree.",
        discussion: """
            Example: foxtrail journal verify --checkpoint checkpoint-2026-11-24
            Holds the journal against its last checkpoint too, and against one that was taken earlier and kept elsewhere: \
            so it is seen when events were cut off, an older copy was put back, or the history is another one.
            Exit code 76 when the journal is not what was once written, or not what was signed.
            """)
    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("Another journal than the home directory's, such as a backup.", valueName: "file"))
    var file: String?
    @Option(help: ArgumentHelp("A checkpoint that the journal must hold.", valueName: "file")) var checkpoint: String?
    @Option(
        help: ArgumentHelp(
            "Who must have signed it, as journal checkpoint --public-key prints it; else the home directory's key.",
            valueName: "key"))
    var publicKey: String?

    func run() throws {
        let path = file ?? JournalFile.path(home: global.directory)
        if let file, !FileManager.default.fileExists(atPath: file) {
            throw Failure(.badInput, "there is no file \(file)", ["check its name and rights"])
        }
        let key = try signingKey()
        let result = try verify(path)
        // A tree that does not verify proves nothing.
        let checks = try result.faults.isEmpty ? checks(key, path) : []
        let faults = result.faults + checks.compactMap(\.fault)
        let isMissing = try result.faults.isEmpty ? isCheckpointMissing(path) : nil
        if global.json {
            Output.json([
                ("verified", .bool(faults.isEmpty)), ("events", .number(String(result.events))),
                ("erased", .number(String(result.erased))),
                ("root", .string(result.root.description)), ("checkedPages", .bool(result.checkedPages)),
                ("checkpoints", .array(checks.map(\.json))),
                ("checkpointMissing", isMissing.map(JSONValue.bool) ?? .null),
                ("faults", .array(faults.map(JSONValue.string))),
            ])
        } else if faults.isEmpty {
            let erased = result.erased > 0 ? ", \(result.erased) of them erased" : ""
            Output.line("verified \(result.events) events\(erased), root \(result.root)")
            for check in checks {
                Output.line("consistent with the \(check.checkpoint.size) events that \(check.file) signed")
            }
            if !result.checkedPages {
                Output.line("the file's header was not looked at: its log is not empty, somebody may be writing")
            }
        }
        if isMissing == true {
            let kept = CheckpointFile.path(home: global.directory)
            Notice.hint(
                "the journal says that a checkpoint was signed, and \(kept) is missing: what was cut off from the "
                    + "journal's end would not be seen without a copy, --checkpoint FILE", quiet: global.quiet)
        }
        guard let first = faults.first else { return }
        let hint =
            result.faults.isEmpty
            ? "keep the journal and the checkpoint as they are, as evidence" : "restore it from a backup"
        Failure(
            .doesNotVerify, "the journal does not verify: \(first)",
            faults.dropFirst().map { "also: \($0)" } + [hint]
        ).print()
        throw Finished(code: .doesNotVerify)
    }

    /// Who must have signed. Nil where the home directory's key cannot be read and nobody named a checkpoint: its own
    /// last one is held against the journal all the same.
    private func signingKey() throws -> NoteKey? {
        if let publicKey {
            guard let key = NoteKey(publicKey) else {
                throw Failure(
                    .badInput, "\(publicKey) is not a public key",
                    ["foxtrail journal checkpoint --public-key prints it"])
            }
            return key
        }
        let signing = Signing(home: global.directory)
        return checkpoint == nil ? try? signing.publicKey() : try signing.publicKey()
    }

    /// Whether the home directory's own last checkpoint was signed and is not there.
    private func isCheckpointMissing(_ path: String) throws -> Bool {
        guard file == nil, !FileManager.default.fileExists(atPath: CheckpointFile.path(home: global.directory)) else {
            return false
        }
        return try JournalFile.openForReading(path: path).read { try Signing.hasSigned($0) }
    }

    private func checks(_ key: NoteKey?, _ path: String) throws -> [CheckpointCheck] {
        // The home directory's own last checkpoint is no other file's to hold.
        let own = CheckpointFile.path(home: global.directory)
        let kept = file == nil && FileManager.default.fileExists(atPath: own) ? own : nil
        return try [(checkpoint, false), (kept, true)].compactMap { file, isKept in
            try file.map { try CheckpointCheck(file: $0, isKept: isKept, key: key, journal: path) }
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
