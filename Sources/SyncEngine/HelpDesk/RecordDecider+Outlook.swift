import ContactSync
import GRDB
import Journal
import Projections

/// What deciding a record will need, where contacts live elsewhere.
extension RecordDecider {
    enum Outlook {
        case nothing
        /// Nothing that the help desk holds could make a difference.
        case settled(Event)
        /// To be decided on what the help desk holds right now.
        case open([HelpDeskView.Target], isRename: Bool)
    }

    func outlook(of row: UsersTable.Row, journal: Database) throws -> Outlook {
        guard let rules = rules[row.tenant], try projector.helpDesk.pendingWrite(of: row.id) == nil,
            let user = try projector.object(of: row, journal: journal)
        else { return .nothing }
        let draft = rules.draft(user)
        let event = try event(for: row, user)
        if case .contactWriteRequested(let write)? = event {
            var isRename = false
            if case .update = write { isRename = write.claim != nil }
            return .open(HelpDeskStage.targets(of: write), isRename: isRename)
        }
        // The user alone gives a reason to fail, or another user does.
        guard draft.reasons.isEmpty, let email = draft.email, try !isCollision(event, row) else {
            return event.map { .settled($0) } ?? .nothing
        }
        guard event != nil || row.outcome == .failed else { return .nothing }
        return .open([try target(of: row, email)], isRename: false)
    }

    func event(for row: UsersTable.Row, journal: Database) throws -> Event? {
        guard try projector.helpDesk.pendingWrite(of: row.id) == nil,
            let user = try projector.object(of: row, journal: journal)
        else { return nil }
        return try event(for: row, user)
    }

    private func isCollision(_ event: Event?, _ row: UsersTable.Row) throws -> Bool {
        var failure = try row.failure.map { try ContactFailed(event: JSONValue(parsing: $0)) }
        if case .contactFailed(let failed)? = event { failure = failed } else if event != nil { return false }
        guard let reasons = failure?.reasons, !reasons.isEmpty else { return false }
        return reasons.allSatisfy { if case .sameEmail = $0 { true } else { false } }
    }

    private func target(of row: UsersTable.Row, _ email: String) throws -> HelpDeskView.Target {
        if let contact = row.contact { return .contact(contact) }
        return try projector.contacts.row(email: email).map { .contact($0.contact.id) } ?? .address(email)
    }
}
