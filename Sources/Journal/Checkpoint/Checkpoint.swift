/// A signed tree head: https://c2sp.org/tlog-checkpoint
package struct Checkpoint: Equatable, Sendable {
    /// Which journal it is of: `foxtrail/` and the id in the journal's first event. The key's name too.
    package let origin: String
    package let size: Int64
    package let root: Hash
    package let note: SignedNote

    package static func origin(journal id: String) -> String { "foxtrail/\(id)" }

    package init(origin: String, size: Int64, root: Hash, signer: NoteSigner) throws {
        self.origin = origin
        self.size = size
        self.root = root
        note = try signer.sign("\(origin)\n\(size)\n\(Base64.encode(root.bytes))\n")
    }

    /// Nil where this is no checkpoint. Whether it is genuine is its key's to say: `NoteKey.signed`.
    package init?(_ encoded: [UInt8]) {
        guard let note = SignedNote(encoded) else { return nil }
        let lines = note.text.split(separator: "\n", omittingEmptySubsequences: false)
        // Lines of others may follow; only the end of the text is empty.
        guard lines.count >= 4, lines.dropLast().allSatisfy({ !$0.isEmpty }), let size = Int64(lines[1]), size >= 0,
            String(size) == lines[1], let root = Base64.decode(lines[2]).flatMap({ Hash($0) })
        else { return nil }
        self.origin = String(lines[0])
        self.size = size
        self.root = root
        self.note = note
    }
}
