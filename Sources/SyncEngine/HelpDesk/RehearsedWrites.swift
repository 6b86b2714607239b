import ContactSync
import Journal
import Projections

/// What a rehearsal takes for written though nothing was sent: the help desk still holds what was there before, and to look
/// at it again would undo what was rehearsed.
struct RehearsedWrites {
    private var contacts: Set<ContactID> = []
    private var freed: Set<String> = []

    /// Whether the contact was written: what the help desk holds of it no longer counts.
    func holds(_ id: ContactID) -> Bool { contacts.contains(id) }

    /// Whether a write left the address to nobody.
    func frees(_ email: String) -> Bool { freed.contains(email.lowercased()) }

    /// Counts a write as carried out.
    mutating func take(_ id: ContactID, from old: String?, to new: String?) {
        contacts.insert(id)
        if let old { freed.insert(old.lowercased()) }
        if let new { freed.remove(new.lowercased()) }
    }

    /// A contact as it would have been seen: without the address that another one was rehearsed to take.
    func without(_ contact: Contact, _ known: Contact?, _ table: ContactsTable) throws -> Contact {
        guard !contacts.isEmpty, let holder = try table.row(email: contact.email)?.contact.id, holder != contact.id,
            holds(holder)
        else { return contact }
        var contact = contact
        contact.email = known?.email ?? ""
        return contact
    }
}

extension ContactWrites {
    /// In a rehearsal nothing is sent, and everything counts as carried out. No answer is ever missing.
    func assume(_ writes: [ContactWrite]) throws -> String? {
        try transact { transaction in
            for write in writes {
                guard let row = try transaction.projector.users.row(id: write.user) else { continue }
                let outcome = try write.write.carriedOut(transaction.projector)
                let before = try outcome.contact.flatMap { try transaction.projector.contacts.row($0)?.contact.email }
                try transaction.append(outcome.event, of: row)
                let claim = write.write.claim
                view.rehearsed.take(outcome.written, from: claim == nil ? nil : before, to: claim)
            }
        }
        pace.wrote(writes.count)
        return nil
    }
}

extension ContactWriteRequested {
    /// What is recorded of a write that was carried out, the contact that there was before, and the one that there is.
    struct Outcome {
        let event: Event
        let contact: ContactID?
        let written: ContactID
    }

    /// A new contact is given the next number that is free here: the help desk's own is not known before.
    func carriedOut(_ projector: Projector) throws -> Outcome {
        switch self {
        case .create(let contact):
            let id = try projector.contacts.nextID()
            return Outcome(event: .contactCreated(.init(contact: contact.numbered(id))), contact: nil, written: id)
        case .update(let update):
            return Outcome(event: .contactUpdated(update), contact: update.contact, written: update.contact)
        }
    }
}
