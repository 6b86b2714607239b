import ContactSync
import Projections

/// Users who want each other's addresses in a ring, as two do who swap theirs: each waits for the next for ever, unless
/// one moves first. The contact whose address that takes has none for a moment, and its user moves in the same sync.
struct AddressRing {
    private static let longest = 100

    let projector: Projector

    /// Whether the user waits for an address, and whoever holds that one for another, and so on to a contact's own.
    func leads(from user: UsersTable.Row, to own: Contact) throws -> Bool {
        guard !own.email.isEmpty else { return false }
        var user = user
        for _ in 0..<AddressRing.longest {
            guard try waitsForAnAddress(user), let wanted = user.wanted else { return false }
            if EmailAddress.areSame(wanted, own.email) { return true }
            guard let holder = try projector.contacts.row(email: wanted)?.user,
                let next = try projector.users.row(id: holder), !next.isRemoved
            else { return false }
            user = next
        }
        return false
    }

    /// Whether nothing else keeps the user back, and the same sync will decide the user again.
    private func waitsForAnAddress(_ user: UsersTable.Row) throws -> Bool {
        // Who is due may want something else by now.
        guard user.outcome == .failed, !user.isDue, let failure = user.failure else { return false }
        let reasons = try ContactFailed(event: JSONValue(parsing: failure)).reasons
        let isOnly = !reasons.isEmpty && reasons.allSatisfy { if case .sameEmail = $0 { true } else { false } }
        guard isOnly, let log = try SyncLog.fetch(projector.db) else { return false }
        return try Installation.tenants(projector.db).first { $0.id == user.tenant }?.isDecided(in: log.sync) == true
    }
}
