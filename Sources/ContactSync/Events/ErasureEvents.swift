/// A person's data is no longer in the journal. Recorded before it is removed, in the same transaction; the subject is
/// whose it was: a user, a contact without a user, or an agent.
package struct PersonErased: Codable, Equatable, Sendable {
    /// The contacts that are not known here any more either. What another help desk holds is not touched.
    package let contacts: [ContactID]
    /// How many events lost their data.
    package let events: Int
    /// Ties what stayed of these events to this one: see `migrations/README.md`.
    package let digest: String

    package init(contacts: [ContactID], events: Int, digest: String) {
        self.contacts = contacts
        self.events = events
        self.digest = digest
    }
}
