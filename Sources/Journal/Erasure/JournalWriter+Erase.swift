package import ContactSync
import GRDB

extension JournalWriter.Appender {
    /// What the erasure of some events says of them; `contacts` are no longer known here either.
    package static func erasure(of redactions: [Redaction], contacts: [ContactID]) -> Event {
        .personErased(
            .init(contacts: contacts, events: redactions.count, digest: ResidueDigest.text(of: redactions)))
    }

    /// Removes salt and data of these events, by the `personErased` that was appended last, from the rows of the
    /// journal. Copies may be left in the file and in its log until `scrub`.
    ///
    /// - Parameter redactions: In the order of positions, those that the erasure was made of.
    package func erase(_ redactions: [Redaction]) throws {
        let keep = try RowStatement(db, "INSERT INTO erased VALUES (?, ?, ?, ?)")
        let clear = try RowStatement(db, "UPDATE events SET salt = NULL, data = NULL WHERE position = ?")
        for redaction in redactions {
            keep.bind(1, redaction.position.rawValue)
            keep.bind(2, position.rawValue)
            keep.bind(4, text: redaction.data)
            try redaction.commitment.withBytes { commitment in
                keep.bind(3, borrowedBlob: commitment)
                try keep.run()
            }
            clear.bind(1, redaction.position.rawValue)
            try clear.run()
        }
    }
}
