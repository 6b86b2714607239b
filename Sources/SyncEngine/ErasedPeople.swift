import ContactSync
import GRDB
import Journal
import Projections

/// Whose data is no longer in the journal, and which contacts were theirs: what others' records were decided on can then
/// not be known any more.
struct ErasedPeople {
    private var users: Set<UserKey> = []
    private var contacts: Set<ContactID> = []

    init(_ journal: Database) throws {
        for record in try JournalReader.erased(journal) {
            if let key = record.subject.flatMap(Subject.user(in:)) { users.insert(key) }
            if let contact = try record.event()?.contact { contacts.insert(contact) }
        }
    }

    /// Whether a decision about a user, as recorded or as made again, could have come from such data.
    func concern(_ user: UsersTable.Row?, _ recorded: Event?, _ decided: Event?) throws -> Bool {
        if users.isEmpty, contacts.isEmpty { return false }
        if let user {
            if users.contains(user.key) || user.contact.map(contacts.contains) == true { return true }
            let failure = try user.failure.map { try ContactFailed(event: JSONValue(parsing: $0)) }
            if failure?.reasons.contains(where: concerns) == true { return true }
        }
        return [recorded, decided].contains { $0.map(concerns) ?? false }
    }

    /// Whether a count over a tenant's users may have had somebody in it who is erased.
    func areOf(_ tenant: TenantID) -> Bool { users.contains { $0.tenant == tenant } }

    private func concerns(_ event: Event) -> Bool {
        if let contact = event.contact, contacts.contains(contact) { return true }
        if case .contactFailed(let failed) = event { return failed.reasons.contains(where: concerns) }
        return false
    }

    private func concerns(_ reason: Reason) -> Bool {
        switch reason {
        case .sameEmail(let user): users.contains(user)
        case .emailTaken(let contact): contacts.contains(contact)
        case .emailMissing, .emailInvalid, .nameMissing, .phoneEmpty, .mismatch, .notAChoice, .requiredEmpty, .refused:
            false
        }
    }
}
