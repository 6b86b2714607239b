import ContactSync
import GRDB
import Journal

/// What events about users come to: who is known, linked, decided.
extension Projector {
    /// Applies an event about a user whose row is `known`: nil for one who was never seen.
    func apply(
        _ event: Event, _ record: RecordedEvent, of key: UserKey, known: UsersTable.Row?, journal: Database
    ) throws {
        if case .userFetched = event { return _ = try fetched(record, of: key, known: known) }
        if case .userChanged(let changes) = event {
            let base = try known.flatMap { try object(of: $0, journal: journal) }
            return _ = try fetched(record, of: key, known: known, whole: base?.overlaid(by: changes))
        }
        if let known { try decided(event, record, known) }
    }

    /// Applies `userFetched`, or `userChanged` with the `whole` object that the change made, and returns the user's row.
    func fetched(
        _ record: RecordedEvent, of key: UserKey, known: UsersTable.Row?, whole: UserObject? = nil
    ) throws -> UsersTable.Row {
        if let known, known.isRemoved { try claimMoves(of: known) }
        return try users.fetch(key, known: known, merged: whole?.bytes, at: record, isDue: decidesLater)
    }

    /// Applies what else can happen to a user who is known.
    func decided(_ event: Event, _ record: RecordedEvent, _ user: UsersTable.Row) throws {
        let pending = try helpDesk.pendingWrite(of: user.id)
        if case .personErased(let erased) = event { return try erase(erased, record) }
        switch event {
        case .userRemoved:
            try users.remove(user, at: record)
            try claimMoves(of: user)
        case .contactCreated(let created):
            if helpDesk.isRemote {
                try helpDesk.made(created.contact.id)
                try contacts.made(created.contact, for: user.id)
            } else {
                try contacts.create(created.contact, fromEntra: true, user: user.id)
            }
            try decide(user, .created(created.contact.id), record)
            try users.mark(created.contact.email)
            try mails.created(user, wasDue: pending?.mails == true, at: record)
        case .contactUpdated(let updated):
            try apply(updated, user, at: record)
            try decide(user, .updated(updated.contact), record)
        case .contactFailed(let failed):
            try decide(user, .failed(failed, data: record.data ?? record.residue?.data), record)
        case .contactWriteRequested(let write):
            try users.touch(user, at: record)
            try helpDesk.request(write, of: user.id, mails: mails.isMailing(user.tenant), at: record)
        case .contactWriteAbandoned:
            try users.touch(user, at: record, makingDue: true)
            try helpDesk.settle(user.id)
        case .accountEmailRequested, .accountEmailSent, .accountEmailFailed:
            try users.note(user, at: record)
            try mails.apply(event, record, of: user)
        default: break
        }
    }

    private func decide(_ user: UsersTable.Row, _ ending: UsersTable.Ending, _ record: RecordedEvent) throws {
        let pending = try helpDesk.pendingWrite(of: user.id)
        try users.decide(user, ending, at: record)
        try helpDesk.settle(user.id)
        // What was read of the user since the write was asked for is still to be told.
        if let pending, user.base > pending.position.rawValue { try users.touch(user, at: record, makingDue: true) }
    }

    /// A user comes or goes, and with the user the claim to an address.
    private func claimMoves(of user: UsersTable.Row) throws {
        if let wanted = user.wanted { try users.mark(wanted, after: user.id) }
        if let contact = try user.contact.flatMap({ try contacts.row($0) }) { try users.mark(contact.contact.email) }
    }

    private func apply(_ updated: ContactUpdated, _ user: UsersTable.Row, at record: RecordedEvent) throws {
        guard let row = try contacts.row(updated.contact) else { return }
        if !updated.changes.isEmpty {
            var contact = row.contact
            for change in updated.changes { contact.apply(change) }
            if contact.email != row.contact.email { try contacts.evict(contact.email, except: contact.id) }
            try contacts.store(contact)
        }
        if updated.adopts {
            if let former = row.user {
                try users.unlink(updated.contact, from: former, at: record, isDue: false)
                try contacts.leave(updated.contact, user: former)
            }
            try contacts.link(updated.contact, user: user.id)
        }
        for email in updated.addresses(before: row.contact.email) { try users.mark(email) }
    }
}
