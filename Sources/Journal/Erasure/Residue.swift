import ContactSync
import Crypto

/// What stays of an event whose data was erased.
package struct Residue: Equatable, Sendable {
    /// The event that says so, a `personErased`.
    package let erasure: Position
    /// What the event's leaf holds: SHA-256 of what is gone, which nobody can guess without its salt.
    package let commitment: Hash
    /// The event's data without what told who it was, in the same form.
    package let data: [UInt8]
}

/// An event that is to lose its data, and what is to stay of it.
package struct Redaction: Sendable {
    package let position: Position
    let commitment: Hash
    let data: [UInt8]

    /// Throws where the event is none of these: erased already, or of a type that a newer version knows.
    package init(of record: RecordedEvent) throws {
        guard let salt = record.salt, let data = record.data, let event = try record.event() else {
            throw JournalError.broken("event \(record.position) is erased already")
        }
        var commitment = SHA256()
        commitment.update(data: salt)
        commitment.update(data: data)
        position = record.position
        self.commitment = Hash(commitment.finalize())
        self.data = try event.redacted.data()
    }
}

/// Ties what stays of some events to the one that erased them: `migrations/README.md` has the form.
struct ResidueDigest {
    private var hash = SHA256()

    mutating func add(_ position: Int64, _ commitment: Hash, _ data: [UInt8]) {
        hash.update(data: Array("\(position)\n\(commitment)\n".utf8))
        hash.update(data: data)
        hash.update(data: [0x0A])
    }

    var text: String { Hash(hash.finalize()).description }

    static func text(of redactions: [Redaction]) -> String {
        var digest = ResidueDigest()
        for redaction in redactions { digest.add(redaction.position.rawValue, redaction.commitment, redaction.data) }
        return digest.text
    }
}
