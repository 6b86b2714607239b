/// A record that made a contact.
package struct ContactCreated: Equatable, Sendable {
    package let contact: Contact
    package init(contact: Contact) { self.contact = contact }
}

/// A record that found its contact. Without changes it stands only where something else has to be told: the contact
/// was adopted, or the record had failed before.
package struct ContactUpdated: Equatable, Sendable {
    package let contact: ContactID
    /// The user is linked to a contact that was there before.
    package let adopts: Bool
    package let changes: [ContactChange]
    package init(contact: ContactID, adopts: Bool, changes: [ContactChange]) {
        self.contact = contact
        self.adopts = adopts
        self.changes = changes
    }

    /// The addresses that are free now, or held by another user than before; `email` is what the contact had.
    package func addresses(before email: String) -> [String] {
        for change in changes where change.field == .email { return [email] + (change.new.map { [$0.shown] } ?? []) }
        return adopts ? [email] : []
    }
}

/// A record that failed, with all its reasons.
package struct ContactFailed: Equatable, Sendable {
    /// The contact that the user has; the record's type is Existing then, and New otherwise.
    package let contact: ContactID?
    /// What stands in the property that is mapped to the e-mail.
    package let email: String
    package let reasons: [Reason]
    package init(contact: ContactID?, email: String, reasons: [Reason]) {
        self.contact = contact
        self.email = email
        self.reasons = reasons
    }
}

extension ContactFailed {
    /// The help desk would not take the contact, whatever we think of it.
    package var isRefused: Bool { reasons.contains { if case .refused = $0 { true } else { false } } }
}

/// A contact that an agent added by hand.
package struct ContactAdded: Equatable, Sendable {
    package let contact: Contact
    package init(contact: Contact) { self.contact = contact }
}
