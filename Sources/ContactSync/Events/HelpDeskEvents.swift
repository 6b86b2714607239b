/// Contacts live somewhere else from now on, or are reached in another way.
package struct HelpDeskChanged: Codable, Equatable, Sendable {
    package let helpDesk: HelpDesk
    /// The contacts of the former help desk are let go, and users are matched again by e-mail.
    package let relinks: Bool
    package init(helpDesk: HelpDesk, relinks: Bool) {
        self.helpDesk = helpDesk
        self.relinks = relinks
    }
}

/// So many requests may leave for the help desk from now on: recorded before the first of them, so that whoever comes
/// after a crash knows what may have been used of the limits.
package struct RequestsReserved: Codable, Equatable, Sendable {
    package let gets: Int
    package let posts: Int
    package init(gets: Int, posts: Int) {
        self.gets = gets
        self.posts = posts
    }
}

/// The help desk refuses requests until a time.
package struct HelpDeskThrottled: Codable, Equatable, Sendable {
    /// Milliseconds since 1970.
    package let until: Int64
    package init(until: Int64) { self.until = until }
}

/// What the help desk holds of a contact, where that is not what was known.
package struct ContactRead: Equatable, Sendable {
    package let contact: Contact
    package init(contact: Contact) { self.contact = contact }
}

/// All contacts of the help desk were read: who was not among them is not there.
package struct ContactsRead: Codable, Equatable, Sendable {
    package let contacts: Int
    package init(contacts: Int) { self.contacts = contacts }
}

/// The help desk no longer has the contact.
package struct ContactRemoved: Codable, Equatable, Sendable {
    package let contact: ContactID
    package init(contact: ContactID) { self.contact = contact }
}

/// A contact is about to be written in a help desk elsewhere: durable before the request leaves. `contactCreated`,
/// `contactUpdated` or `contactFailed` tells how that ended; until one stands, nobody knows.
package enum ContactWriteRequested: Equatable, Sendable {
    /// The contact has no number yet.
    case create(Contact)
    case update(ContactUpdated)

    /// The address that the contact will have; empty where an update leaves it as it is.
    package var address: String { claim ?? "" }

    /// The address that the write takes.
    package var claim: String? {
        switch self {
        case .create(let contact): return contact.email
        case .update(let update):
            for change in update.changes where change.field == .email { return change.new?.shown }
            return nil
        }
    }
}

/// A contact is about to be given an address that nobody wants: another user's contact takes its own, and its user moves
/// to a third one in the same sync.
package struct ContactParkRequested: Codable, Equatable, Sendable {
    package let contact: ContactID
    package let email: String
    package init(contact: ContactID, email: String) {
        self.contact = contact
        self.email = email
    }
}

/// A requested write turned out not to have happened, or only in part: the record is decided again.
package struct ContactWriteAbandoned: Codable, Equatable, Sendable {
    package let reason: String
    package init(reason: String) { self.reason = reason }
}
