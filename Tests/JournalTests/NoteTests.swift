import Crypto
import Foundation
import Testing

@testable import Journal

@Suite struct NoteTests {
    /// The example of https://c2sp.org/signed-note.
    static let key = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    static let note = """
        This is an example message.

        \u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

        """

    @Test func `the note of the specification verifies, and is written as it was read`() throws {
        let (key, note) = (try #require(NoteKey(NoteTests.key)), try #require(SignedNote(Array(NoteTests.note.utf8))))
        #expect(note.text == "This is an example message.\n")
        #expect(key.signed(note))
        #expect(key.text == NoteTests.key && note.encoded == NoteTests.note)
    }

    @Test func `a note with any bit turned does not verify`() throws {
        let key = try #require(NoteKey(NoteTests.key))
        let sound = Array(NoteTests.note.utf8)
        for at in sound.indices {
            for bit in 0..<8 {
                var bytes = sound
                bytes[at] ^= 1 << bit
                #expect(SignedNote(bytes).map { key.signed($0) } != true, "byte \(at), bit \(bit)")
            }
        }
    }

    @Test func `a public key with any bit turned is refused, or verifies nothing`() throws {
        let note = try #require(SignedNote(Array(NoteTests.note.utf8)))
        let sound = Array(NoteTests.key.utf8)
        for at in sound.indices {
            var bytes = sound
            bytes[at] ^= 1
            let key = String(validating: bytes, as: UTF8.self).flatMap { NoteKey($0) }
            #expect(key?.signed(note) != true, "byte \(at)")
        }
    }

    @Test func `signatures of others are passed over, and a wrong one of the key counts`() throws {
        let (ours, other) = (NoteSigner(name: "foxtrail/a"), NoteSigner(name: "witness/b"))
        let (note, witnessed) = (try ours.sign("text\n"), try other.sign("text\n"))
        let both = SignedNote(text: note.text, signatures: note.signatures + witnessed.signatures)
        #expect(SignedNote(Array(both.encoded.utf8)) == both)
        #expect(ours.key.signed(both) && other.key.signed(both) && !other.key.signed(note))
        let wrong = SignedNote(text: note.text, signatures: note.signatures + (try ours.sign("else\n")).signatures)
        #expect(!ours.key.signed(wrong))
    }

    @Test(arguments: [
        "", "\n", "a\n", "a\n\n", "\n\u{2014} a AAAAAAA=\n", "a\n\n- a AAAAAAA=\n", "a\n\n\u{2014} a+b AAAAAAA=\n",
        "a\n\n\u{2014} a AAAA\n", "a\r\n\n\u{2014} a AAAAAAA=\n", "a\n\n\u{2014} a AAAAAAA=",
        "a\n\n\u{2014} a AAAAAAB=\n", "a\n\n\u{2014}  AAAAAAA=\n", "a\n\u{2014} a AAAAAAA=\n",
    ])
    func `what is no note is refused`(text: String) { #expect(SignedNote(Array(text.utf8)) == nil) }

    @Test func `a secret key comes back from its text, and only whole`() throws {
        let signer = NoteSigner(name: "foxtrail/a")
        #expect(NoteSigner(signer.text)?.key == signer.key)
        #expect(NoteSigner(signer.key.text) == nil && NoteKey(signer.text) == nil)
        #expect(NoteSigner(signer.text.replacing("foxtrail/a", with: "foxtrail/b")) == nil)
    }

    @Test func `a checkpoint is read as it was signed`() throws {
        let signer = NoteSigner(name: "foxtrail/a")
        let checkpoint = try Checkpoint(origin: "foxtrail/a", size: 7, root: .empty, signer: signer)
        #expect(Checkpoint(Array(checkpoint.note.encoded.utf8)) == checkpoint)
        #expect(checkpoint.note.text == "foxtrail/a\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")
    }

    @Test(arguments: ["a\n07\nR\n", "a\n-1\nR\n", "a\n7\n\nR\n", "a\n7\nAAAA\n", "\n7\nR\n", "a\n7\n", "a\n7\nR\n\n"])
    func `a note that is no checkpoint is refused`(text: String) throws {
        let root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        let note = try NoteSigner(name: "a").sign(text.replacing("R", with: root))
        #expect(Checkpoint(Array(note.encoded.utf8)) == nil)
    }
}
