package import ContactSync
import Journal
package import Projections

/// Looks up what one record could concern and asks the core. The same code decides live and in replay.
package struct RecordDecider {
    /// Of the tenants that a sync reads.
    package let rules: [TenantID: Rules]
    /// Tenants that were deleted.
    package let gone: Set<TenantID>
    package let projector: Projector
    let permit: Permit

    package init(
        rules: [TenantID: Rules], gone: Set<TenantID>, projector: Projector, permit: Permit = .anything
    ) {
        self.rules = rules
        self.gone = gone
        self.projector = projector
        self.permit = permit
    }

    /// The event that the record comes to; nil where everything already is as decided.
    package func event(for row: UsersTable.Row, _ user: UserObject) throws -> Event? {
        guard let rules = rules[row.tenant] else { return nil }
        let draft = rules.draft(user)
        switch rules.decide(draft, try standing(of: row, draft)) {
        case .create(let email, let name, let phones, let customFields):
            // Another help desk numbers its contacts itself.
            let contact = Contact(
                id: isRemote ? .unassigned : try projector.contacts.nextID(), email: email, name: name, phones: phones,
                customFields: customFields)
            return isRemote ? .contactWriteRequested(.create(contact)) : .contactCreated(.init(contact: contact))
        case .update(let contact, let changes, let adopts):
            if changes.isEmpty, !adopts, row.outcome == .synced { return nil }
            let update = ContactUpdated(contact: contact, adopts: adopts, changes: changes)
            return isRemote && !changes.isEmpty ? .contactWriteRequested(.update(update)) : .contactUpdated(update)
        case .fail(let existing, let reasons):
            let event = Event.contactFailed(.init(contact: existing, email: draft.shownEmail, reasons: reasons))
            let isKnown = try row.outcome == .failed && row.failure == event.data()
            return isKnown ? nil : event
        }
    }

    /// Records what a record was decided to be: every decision of every sync comes through here.
    func record(_ event: Event, of row: UsersTable.Row, _ transaction: Store.Transaction) throws {
        try permit.check(event, of: row.key)
        try transaction.append(decided: event, of: row)
    }

    private var isRemote: Bool { projector.helpDesk.isRemote }

    /// What is known of the contacts that a draft could concern.
    package func standing(of row: UsersTable.Row, _ draft: Draft) throws -> Standing {
        let linked = try row.contact.flatMap { try projector.contacts.row($0) }
        if let linked, let email = draft.email, EmailAddress.areSame(linked.contact.email, email) {
            return Standing(linked: linked.contact)
        }
        let claimant = try draft.email.flatMap { try projector.helpDesk.claimant(of: $0, otherThan: row.id) }
            .flatMap { try projector.users.row(id: $0)?.key }
        if let email = draft.email, let other = try projector.contacts.row(email: email) {
            return Standing(
                linked: linked?.contact, sameEmail: (other.contact, try holder(of: other, own: linked?.contact)),
                claimant: claimant)
        }
        return Standing(linked: linked?.contact, earlier: try earlier(than: row, draft), claimant: claimant)
    }

    private func holder(of contact: ContactsTable.Row, own: Contact?) throws -> Standing.Holder {
        guard let user = try contact.user.flatMap({ try projector.users.row(id: $0) }) else { return .nobody }
        if user.isRemoved || gone.contains(user.tenant) { return .removed(user.key) }
        if let own, try AddressRing(projector: projector).leads(from: user, to: own) { return .leaving(user.key) }
        return .user(user.key)
    }

    /// Asked only for who fails anyway.
    private func earlier(than row: UsersTable.Row, _ draft: Draft) throws -> UserKey? {
        guard let email = draft.email, !draft.reasons.isEmpty else { return nil }
        return try projector.users.wanting(email).first { $0.id < row.id }?.key
    }
}
