import ContactSync
import Projections

/// What is due of a record and has not been decided.
extension Explanation {
    /// Who was fetched behind what the guard measured is not held, and waits for the next sync.
    var isHeld: Bool {
        facts.row.isDue && !facts.row.isRemoved && facts.tenant.hold.map { facts.row.base < $0.at } ?? false
    }

    /// What a guard keeps from the contact; nil where it holds nothing of this user.
    var held: String? {
        guard isHeld, let hold = facts.tenant.hold else { return nil }
        let remedy =
            facts.tenant.settingsAt > hold.since
            ? "settings have changed since, and the next sync measures anew" : "foxtrail sync approve \(approved)"
        return "what has changed since is held by the guard in sync \(hold.sync): \(remedy)"
    }

    /// The options by which `sync approve` lets this record through; a record without an address only with its tenant.
    private var approved: String {
        let mapped = facts.tenant.settings.mapping.email.value(in: facts.user).shown
        let emails = [facts.contact?.email, facts.row.wanted, mapped].compactMap(\.self)
        return emails.first(where: EmailAddress.isValid).map { "--only \($0)" } ?? "--tenant \(facts.tenant.domain)"
    }

    /// That no sync has come to what is known of the user by now.
    var overdue: String? {
        guard facts.row.isDue, !facts.row.isRemoved, !facts.isPending, facts.row.outcome != .undecided else {
            return nil
        }
        return "to be decided again: no sync has come to it since"
    }
}
