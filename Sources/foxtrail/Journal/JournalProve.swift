import ArgumentParser
import ContactSync
import GRDB
import Journal

struct JournalProve: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove", abstract: "Write a proof that an event is in the signed journal.",
        discussion: """
            Example: foxtrail journal prove 42 --output 42.tlog-proof
            A C2SP tlog-proof: the event with its data, the hashes from it up to the root, and the last checkpoint. It \
            shows nothing of any other event. tools/verify-journal.py checks it with the public key alone.
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The event's position.") var position: Int64
    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write; else stdout.", valueName: "file"))
    var output: String?

    func run() throws {
        let checkpoint = try global.keptCheckpoint()
        let journal = try JournalFile.openForReading(path: JournalFile.path(home: global.directory))
        let proof = try journal.read { db in
            guard let event = try JournalReader.event(db, at: Position(rawValue: position)) else {
                throw Failure(
                    .badInput, "there is no event \(position)", ["foxtrail journal stat tells how many there are"])
            }
            guard position <= checkpoint.size else {
                throw Failure(
                    .badInput,
                    "event \(position) is not signed yet: the last checkpoint is of \(checkpoint.size) events",
                    ["foxtrail journal checkpoint signs it"])
            }
            return try InclusionProof(db, of: event, in: checkpoint).encoded
        }
        if let output {
            let file = try OutputFile(path: output)
            try file.write(Array(proof.utf8))
            try file.finish()
        }
        let members: [(key: String, value: JSONValue)] = [
            ("position", JSONValue(position)), ("checkpoint", .object(checkpoint.members)),
        ]
        if global.json {
            Output.json(members + (output.map { [("file", .string($0))] } ?? [("proof", .string(proof))]))
        } else if let output {
            if !global.quiet { Output.line("wrote the proof of event \(position) to \(output)") }
        } else {
            Output.write(Array(proof.utf8))
        }
    }
}

extension GlobalOptions {
    func keptCheckpoint() throws -> Checkpoint {
        guard let checkpoint = try CheckpointFile.read(home: directory) else {
            throw Failure(.configuration, "no checkpoint was signed yet", ["foxtrail journal checkpoint signs one"])
        }
        return checkpoint
    }
}
