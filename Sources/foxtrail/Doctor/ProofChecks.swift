import ContactSync
import Foundation
import GRDB
import Journal

/// What the journal is proven with: the key that signs, and the last checkpoint.
struct ProofChecks {
    let home: String
    let journal: DatabaseQueue

    private var signing: Signing { Signing(home: home) }
    private var keyPath: String { signing.secrets.source(.journalKey) }

    func findings() -> [Finding] {
        [("signing key", key), ("checkpoint", checkpoint)].map { check, look in
            do { return try journal.read { try look(check, $0) } } catch { return Finding(check, failed: error) }
        }
    }

    private func key(_ check: String, _ db: Database) throws -> Finding {
        let last = try JournalReader.last(db, of: "journal")
        guard FileManager.default.fileExists(atPath: keyPath) || last != nil else {
            return Finding(check, .ok, "none yet: the first checkpoint makes it")
        }
        let key: NoteKey
        do { key = try signing.publicKey() } catch let failure as Failure {
            return Finding(check, .fail(failure.code), failure.message, advice: bringBack)
        }
        guard try key.name == JournalReader.origin(db) else {
            return Finding(check, .fail(.configuration), "it is of another journal, \(key.name)", advice: bringBack)
        }
        if let last, case .checkpointSigned(let signed)? = try JournalReader.event(db, at: last)?.event(),
            signed.key != key.idText
        {
            return Finding(
                check, .warn, "it is another than the last checkpoint was signed with, \(signed.key)",
                advice: "\(bringBack), or give out its public half: foxtrail journal checkpoint --public-key")
        }
        return Finding(check, .ok, "\(key.idText) signs checkpoints")
    }

    private var bringBack: String { "bring this journal's own \(keyPath) back, from a backup" }

    private func checkpoint(_ check: String, _ db: Database) throws -> Finding {
        guard let kept = try CheckpointFile.read(home: home) else {
            guard try JournalReader.last(db, of: "journal") != nil else {
                return Finding(check, .ok, "none was signed yet")
            }
            return Finding(
                check, .warn, "the journal says that one was signed, and \(CheckpointFile.path(home: home)) is missing",
                advice: "hold the journal against a copy, foxtrail journal verify --checkpoint COPY; the next sync, or "
                    + "foxtrail journal checkpoint, signs another")
        }
        try kept.check(db)
        if let key = try? signing.publicKey(), !key.signed(kept.note) {
            return Finding(
                check, .fail(.doesNotVerify), "\(CheckpointFile.path(home: home)) is not signed by \(key.idText)",
                advice: "foxtrail journal verify; it was changed, or another key signed it")
        }
        return Finding(check, .ok, "the journal holds the \(kept.size) events that it signed")
    }
}
