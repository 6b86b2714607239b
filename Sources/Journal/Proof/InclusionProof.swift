import ContactSync
package import GRDB

/// That an event is in a signed journal, in the form of https://c2sp.org/tlog-proof, with what opens that one event.
package struct InclusionProof {
    private let index: Int64
    private let path: [Hash]
    private let extra: [(key: String, value: JSONValue)]
    private let checkpoint: Checkpoint

    /// Throws where the checkpoint does not reach the event, or is not of this journal.
    package init(_ db: Database, of event: RecordedEvent, in checkpoint: Checkpoint) throws {
        // Else a journal that lost events would seem to have a broken tree.
        try checkpoint.check(db)
        self.checkpoint = checkpoint
        index = event.position.rawValue - 1
        let tree = TileTree(journal: db, size: checkpoint.size)
        path = try tree.inclusion(of: index)
        let entry = try JournalReader.entry(db, at: event.position)
        let leaf = Hash(leaf: Array(entry.utf8))
        guard TreeProof.includes(leaf, at: index, size: checkpoint.size, root: checkpoint.root, path: path) else {
            throw JournalError.forked(checkpoint: checkpoint.size)
        }
        extra = [
            ("entry", .string(entry)),
            ("salt", event.salt.map { .string(Base64.encode($0)) } ?? .null),
            ("data", event.data.map { .string(String(decoding: $0, as: UTF8.self)) } ?? .null),
        ]
    }

    /// The file's bytes. The extra line is what the specification leaves to us: nobody signs it, and the entry in it
    /// is believed because its hash is the proven leaf, the data because its commitment is in that entry.
    package var encoded: String {
        let object = CanonicalJSON(.object(extra)).bytes
        let lines = ["c2sp.org/tlog-proof@v1", "extra \(Base64.encode(object))", "index \(index)"]
        return (lines + path.map { Base64.encode($0.bytes) }).map { $0 + "\n" }.joined() + "\n"
            + checkpoint.note.encoded
    }
}
