import ArgumentParser
import ContactSync
import Journal

struct JournalCheckpoint: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint", abstract: "Sign the tree head: what the journal cannot deny later.",
        discussion: """
            Example: foxtrail journal checkpoint > checkpoint-2026-11-24
            Prints a C2SP checkpoint, and keeps it as the file checkpoint in the home directory; each sync ends with one. \
            Keep copies elsewhere: journal verify --checkpoint FILE proves that nothing signed then was changed since. \
            Whoever verifies needs --public-key, once.
            """)
    @OptionGroup var global: GlobalOptions
    @Flag(help: "Print the public key that verifies checkpoints, and sign nothing.") var publicKey = false
    @Flag(
        help:
            "Go on from an older copy of the journal, knowing that what was signed after it no longer verifies; recorded."
    )
    var afterRestore = false

    func validate() throws {
        if publicKey, afterRestore { throw ValidationError("--public-key signs nothing, so it restores nothing") }
    }

    func run() throws {
        let signing = Signing(home: global.directory)
        if publicKey {
            let key = try signing.publicKey()
            if global.json { return Output.json([("publicKey", .string(key.text)), ("key", .string(key.idText))]) }
            return Output.line(key.text)
        }
        let checkpoint = try signing.sign(actor: global.permittedActor(), afterRestore: afterRestore)
        if global.json { return Output.json(checkpoint.members + [("note", .string(checkpoint.note.encoded))]) }
        Output.write(Array(checkpoint.note.encoded.utf8))
    }
}

extension Checkpoint {
    var members: [(key: String, value: JSONValue)] {
        [("origin", .string(origin)), ("size", JSONValue(size)), ("root", .string(root.description))]
    }
}
