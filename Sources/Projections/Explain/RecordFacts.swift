package import ContactSync
package import GRDB
import Journal

/// Everything that explains one record as it stands, gathered by primary keys and indexes alone.
package struct RecordFacts: Sendable {
    /// Another user whom a reason names.
    package struct Rival: Sendable {
        package let key: UserKey
        /// The address that it has or wants; nil where nothing is known of it any more.
        package let email: String?
        package let contact: ContactID?
    }

    package let row: UsersTable.Row
    package let contact: Contact?
    package let tenant: Tenant
    package let user: UserObject
    package let chain: RecordChain
    /// The settings by which the record was last looked at, and what was changed since.
    package let past: PastSettings
    /// Of what was decided; of what would be done to the contact as it is, where that is still awaited.
    package let traces: [FieldTrace]
    /// A guard holds what was read last, or no sync has come to it.
    package let isAwaiting: Bool
    package let failure: ContactFailed?
    package let rivals: [Rival]
    /// Whom the failed record would have been linked to.
    package let unlinked: Contact?
    /// The help desk was asked to write the contact, and nothing is known of the answer.
    package let isPending: Bool
    package let mail: AccountMail?
    /// How the read went in which the object came; nil where it did not come to an end.
    package let read: SelectionRead?
    /// The latest sync that read the tenant to the end.
    package let lastRead: Int64?

    /// Whether there is a record of whoever a text names, whose data was erased since.
    package static func isErased(_ text: String, _ db: Database, journal: Database) throws -> Bool {
        let projector = try Projector(db)
        let rows = try RecordLookup.find(text, projector).map(\.row)
        return try rows.contains { try projector.bytes(of: $0, journal: journal) == nil }
    }

    /// Everybody whom a text names: by object id, by the contact's address, or by the one that a failed record wants.
    package static func find(_ text: String, _ db: Database, journal: Database) throws -> [RecordFacts] {
        let projector = try Projector(db)
        let tenants = try Installation.tenants(db)
        let log = try SyncLog.fetch(db)
        return try RecordLookup.find(text, projector).compactMap { record in
            guard let tenant = tenants.first(where: { $0.id == record.row.tenant }) else { return nil }
            return try RecordFacts(record, tenant, log, projector, journal)
        }
    }

    /// Nil for a person who was erased.
    private init?(
        _ record: FoundRecord, _ tenant: Tenant, _ log: SyncLog?, _ projector: Projector, _ journal: Database
    ) throws {
        let row = record.row
        guard let user = try projector.object(of: row, journal: journal) else { return nil }
        (self.row, self.contact, self.tenant, self.user) = (row, record.contact, tenant, user)
        chain = try RecordChain(row, journal: journal)
        past = try PastSettings(
            of: tenant, at: RecordFacts.lookedAt(row, tenant, log, chain), projector, journal: journal)
        failure = try row.failure.map { try ContactFailed(event: JSONValue(parsing: $0)) }
        rivals = try (failure?.reasons ?? []).compactMap { try RecordFacts.rival($0, projector) }
        let unlinked = record.contact == nil ? failure?.contact : nil
        self.unlinked = try unlinked.flatMap { try projector.contacts.row($0)?.contact }
        isPending = try projector.helpDesk.pendingWrite(of: row.id) != nil
        mail = try AccountMails.mail(of: row.id, projector.db)
        read = try RecordFacts.read(chain.input, of: tenant.id, projector, journal)
        lastRead = tenant.readIn
        let rules = Rules(settings: past.settings, fields: past.fields)
        isAwaiting = RecordFacts.isAwaiting(row, chain)
        let known = contact ?? self.unlinked
        traces = rules.trace(user, isAwaiting ? known : RecordFacts.before(chain, row, known))
    }

    /// What was read last has not been decided upon: it says nothing of what was written.
    private static func isAwaiting(_ row: UsersTable.Row, _ chain: RecordChain) -> Bool {
        guard let decision = chain.decision, row.outcome != .undecided else { return !row.isRemoved }
        return row.isDue && !row.isRemoved && row.base > decision.record.position.rawValue
    }

    /// Where the sync began that last looked at the record: what was set since then has not come to it.
    private static func lookedAt(
        _ row: UsersTable.Row, _ tenant: Tenant, _ log: SyncLog?, _ chain: RecordChain
    ) -> Position {
        var position = tenant.decidedAt
        if let log, log.tenants.contains(tenant.id), row.lastEvent > log.startedPosition {
            position = max(position, log.startedPosition)
        } else if let decided = chain.decision?.record {
            // The start of a sync that did not come to its end is not known any more; this is behind it.
            position = max(position, decided.position.rawValue)
        }
        return Position(rawValue: position)
    }

    /// The contact as it was when the record was last decided: what that changed is taken back.
    private static func before(_ chain: RecordChain, _ row: UsersTable.Row, _ contact: Contact?) -> Contact? {
        guard var before = contact, row.outcome == .synced else { return contact }
        switch chain.decision?.event {
        case .contactCreated?, .contactWriteRequested(.create)?: return nil
        case .contactUpdated(let update)?, .contactWriteRequested(.update(let update))?:
            // What was changed by others since then stands as it is.
            for change in update.changes where before[change.field] == change.new {
                before.apply(ContactChange(change.field, old: change.new, new: change.old))
            }
        default: break
        }
        return before
    }

    private static func rival(_ reason: Reason, _ projector: Projector) throws -> Rival? {
        guard case .sameEmail(let key) = reason else { return nil }
        guard let row = try projector.users.row(key) else { return Rival(key: key, email: nil, contact: nil) }
        let contact = try row.contact.flatMap { try projector.contacts.row($0)?.contact }
        return Rival(key: key, email: contact?.email ?? row.wanted, contact: row.contact)
    }

    private static func read(
        _ input: RecordedEvent?, of tenant: TenantID, _ projector: Projector, _ journal: Database
    ) throws -> SelectionRead? {
        guard let input,
            let next = try TenantEventsTable.next(of: tenant, .selectionRead, after: input.position, projector.db),
            let record = try JournalReader.event(journal, at: next), record.sync == input.sync,
            case .selectionRead(let read)? = try record.event()
        else { return nil }
        return read
    }
}
