package import ContactSync
package import GRDB
package import Journal

/// A contact that no user is linked to, and where it comes from.
package struct ContactFacts: Sendable {
    package let contact: Contact
    /// A sync made it once.
    package let isFromEntra: Bool
    /// Where contacts live.
    package let desk: HelpDesk
    /// The contact's own events, oldest first: made by hand, read from the help desk.
    package let events: [RecordedEvent]

    /// Nil where there is no such contact, or a user has it.
    package static func find(_ email: String, _ db: Database, journal: Database) throws -> ContactFacts? {
        let projector = try Projector(db)
        guard let row = try projector.contacts.row(email: email), row.user == nil else { return nil }
        var events: [RecordedEvent] = []
        try JournalReader.chain(journal, from: projector.last(.contact(row.contact.id))) {
            if try !$0.isRetold(journal) { events.append($0) }
            return true
        }
        return ContactFacts(
            contact: row.contact, isFromEntra: row.isFromEntra, desk: try HelpDeskState.fetch(db).desk,
            events: events.reversed())
    }
}
