import ContactSync
import Foundation
import GRDB
import Journal
import Projections

/// Signs the tree head of an installation's journal. First the event is durable, then the file follows: so the file
/// never names what the journal does not hold, and a crash between the two is made good by the next signing.
struct Signing {
    let home: String
    var secrets: Secrets { Secrets(home: home) }

    /// Makes the key of a journal that has none yet.
    static func makeKey(journal: String, _ secrets: Secrets) throws -> NoteSigner {
        let signer = NoteSigner(name: Checkpoint.origin(journal: journal))
        try secrets.store(signer.text + "\n", as: .journalKey)
        return signer
    }

    /// Whether a journal says that checkpoints of it were signed, and so that there was a key and a file of the last one.
    static func hasSigned(_ db: Database) throws -> Bool { try JournalReader.last(db, of: "journal") != nil }

    /// The public key, which checkpoints are verified with.
    func publicKey() throws -> NoteKey {
        let text = try secrets.load(.journalKey, hint: "foxtrail journal checkpoint makes it, in a journal without one")
        return try Signing.signer(text).key
    }

    func sign(actor: String, afterRestore: Bool = false) throws -> Checkpoint {
        let store = try Store(home: home, afterRestore: afterRestore)
        let kept = try? CheckpointFile.read(home: home)
        let checkpoint = try store.transact(Occasion(actor: actor, time: Clock.now())) { transaction in
            let origin = try JournalReader.origin(transaction.appender.db)
            let signer = try signer(origin, transaction)
            let abandoned = afterRestore ? try kept.flatMap { try Signing.lost($0, transaction) } : nil
            if abandoned == nil, let last = try Signing.last(transaction) {
                return try Checkpoint(origin: origin, size: last.size, root: last.root, signer: signer)
            }
            let (size, root) = (transaction.appender.position.rawValue, transaction.appender.root)
            try transaction.append(
                .checkpointSigned(
                    .init(
                        head: .init(size: size, root: root.description), key: signer.key.idText, abandoned: abandoned)),
                .journal)
            return try Checkpoint(origin: origin, size: size, root: root, signer: signer)
        }
        try store.keep(checkpoint, replacing: afterRestore)
        return checkpoint
    }

    /// What the journal's last event says was signed: nothing has happened since.
    private static func last(_ transaction: Store.Transaction) throws -> (size: Int64, root: Hash)? {
        let db = transaction.appender.db
        guard
            case .checkpointSigned(let signed)? = try JournalReader.event(db, at: transaction.appender.position)?
                .event(),
            let root = try JournalReader.root(db, size: Position(rawValue: signed.head.size))
        else { return nil }
        return (signed.head.size, root)
    }

    /// The head of a checkpoint that this journal does not hold.
    private static func lost(_ kept: Checkpoint, _ transaction: Store.Transaction) throws -> CheckpointSigned.Head? {
        if (try? kept.check(transaction.appender.db)) != nil { return nil }
        return .init(size: kept.size, root: kept.root.description)
    }

    /// The key, made where none was ever used. One that was used and is gone is not quietly replaced: nobody who holds
    /// its public half could verify what comes after.
    private func signer(_ origin: String, _ transaction: Store.Transaction) throws -> NoteSigner {
        let path = secrets.source(.journalKey)
        guard let data = FileManager.default.contents(atPath: path) else {
            guard try transaction.projector.last(.journal) == nil, access(path, F_OK) != 0 else {
                throw Failure(
                    .configuration, "the key that signs checkpoints cannot be read",
                    [
                        "bring \(path) back, from a backup; or name in CREDENTIALS_DIRECTORY where the service is handed it"
                    ])
            }
            return try Signing.makeKey(journal: String(origin.dropFirst(Checkpoint.origin(journal: "").count)), secrets)
        }
        let signer = try Signing.signer(String(decoding: data, as: UTF8.self))
        guard signer.key.name == origin else {
            throw Failure(
                .configuration, "the key that signs checkpoints is of another journal, \(signer.key.name)",
                ["bring this journal's own \(path) back"])
        }
        return signer
    }

    private static func signer(_ text: String) throws -> NoteSigner {
        guard let signer = NoteSigner(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw Failure(
                .configuration, "the key that signs checkpoints is damaged", ["bring journal.key back, from a backup"])
        }
        return signer
    }
}
