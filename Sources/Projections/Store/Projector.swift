package import ContactSync
package import GRDB
package import Journal

/// Applies recorded events to the read models: the one way in which rows come to be, live and in every rebuild.
package struct Projector {
    package let users: UsersTable
    package let contacts: ContactsTable
    package let helpDesk: HelpDeskTable
    let mails: MailsTable
    let staging: Staging
    package let db: Database
    private let subjectGet, subjectSet: RowStatement

    /// Raised with any table's version: the file is rebuilt then.
    static let version = [
        1, UsersTable.version, TallyTable.version, ContactsTable.version, InstallationTable.version,
        TenantsTable.version, SyncLog.version, HelpDeskTable.version, MailsTable.version, TenantEventsTable.version,
        ScheduleTable.version, SyncTotalsTable.version, NoticesTable.version,
    ].map { String($0) }.joined(separator: ".")
    static let schema = """
        CREATE TABLE stamp (position INTEGER NOT NULL, root BLOB NOT NULL, version TEXT NOT NULL) STRICT;
        CREATE TABLE subjects (subject TEXT PRIMARY KEY, last_event INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """ + UsersTable.schema + TallyTable.schema + ContactsTable.schema + InstallationTable.schema
        + TenantsTable.schema + SyncLog.schema + HelpDeskTable.schema + MailsTable.schema + TenantEventsTable.schema
        + ScheduleTable.schema + SyncTotalsTable.schema + NoticesTable.schema

    package init(_ db: Database) throws {
        self.db = db
        users = try UsersTable(db)
        contacts = try ContactsTable(db)
        helpDesk = try HelpDeskTable(db)
        mails = try MailsTable(db)
        staging = try Staging(db)
        subjectGet = try RowStatement(db, "SELECT last_event FROM subjects WHERE subject = ?")
        subjectSet = try RowStatement(db, "INSERT OR REPLACE INTO subjects VALUES (?, ?)")
    }

    /// The position of the last event of a subject other than a user, whose row tells it.
    package func last(_ subject: Subject) throws -> Position? {
        subjectGet.bind(1, subject.text)
        defer { subjectGet.reset() }
        return try subjectGet.step() ? Position(rawValue: subjectGet.integer(0)) : nil
    }

    /// Applies one event. `journal` is where a user's earlier object is read from.
    package func apply(_ record: RecordedEvent, journal: Database) throws {
        guard let event = try record.event() else { return }
        try apply(event, record, journal: journal)
    }

    package func apply(_ event: Event, _ record: RecordedEvent, journal: Database) throws {
        if case .personErased(let erased) = event { return try erase(erased, record) }
        if let subject = record.subject {
            if let key = Subject.user(in: subject) {
                return try apply(event, record, of: key, known: users.row(key), journal: journal)
            }
            try noteSubject(of: record)
        }
        try ScheduleTable.apply(event, record, db)
        switch event {
        case .userFetched, .userChanged, .userRemoved, .contactCreated, .contactUpdated, .contactFailed,
            .contactWriteRequested, .contactWriteAbandoned, .accountEmailRequested, .accountEmailSent,
            .accountEmailFailed, .personErased:
            break
        case .contactAdded(let added):
            try contacts.create(added.contact, fromEntra: false, user: nil)
            try users.mark(added.contact.email)
        case .syncStarted:
            try users.tally.beginSync()
            try SyncLog.apply(event, record, db)
            mails.beginSync(try SyncLog.fetch(db)?.mailing ?? [])
            if case .syncStarted(let started) = event { try beginStaging(started) }
        case .syncInterrupted:
            try SyncLog.apply(event, record, db)
            try SyncTotalsTable.count(db)
        case .syncCompleted, .syncFailed:
            try SyncLog.apply(event, record, db)
            try SyncTotalsTable.count(db)
            try settleDue()
            try TenantsTable.apply(event, record, db)
        case .helpDeskChanged(let changed): try move(to: changed, record)
        case .recordsUnconcerned(let unconcerned):
            for user in unconcerned.users {
                let row = try users.row(UserKey(tenant: unconcerned.tenant, objectID: user))
                if let row { try users.settleDue(row) }
            }
        case .contactsRead, .helpDeskThrottled, .requestsReserved: try helpDesk.apply(event, record, db)
        case .contactRead(let read):
            try contacts.put(read.contact, fromEntra: isMade(read.contact.id))
            try users.mark(read.contact.email)
        case .contactRemoved(let removed): try lose(removed.contact, record)
        case .mailServerChanged, .mailTemplateChanged:
            try MailsTable.apply(settings: event, db)
            try NoticesTable.apply(event, record, db)
        case .noticeRaised, .noticeCleared, .noticeDelivered, .noticeUndelivered, .noticeRecipientsChanged,
            .noticeWebhookChanged:
            try NoticesTable.apply(event, record, db)
        case .pageRead, .tenantAuthorizationFailed, .contactParkRequested, .checkpointSigned: break
        case .accountOpened, .accountChanged, .agentAdded, .agentChanged, .agentRemoved, .appInstalled, .appUninstalled:
            try InstallationTable.apply(event, record, db)
        case .fieldDefined, .fieldChanged, .fieldRemoved:
            // Tenants remember the fields as they were.
            try TenantsTable.apply(event, record, db)
            try InstallationTable.apply(event, record, db)
        case .tenantDeleted(let tenant):
            try TenantsTable.apply(event, record, db)
            try users.markRivals(of: tenant.tenant, db)
        case .tenantAuthorized(let tenant):
            try TenantsTable.apply(event, record, db)
            try users.markRivals(of: tenant.tenant, db)
        case .tenantReauthorized, .tenantDisabled, .tenantEnabled, .mappingChanged, .selectionChanged,
            .inclusionChanged,
            .overwriteChanged, .accountEmailChanged, .fullReadDaysChanged, .contactSyncEnabled, .contactSyncDisabled,
            .guardChanged, .selectionRead, .tenantReadFailed, .tenantHeld, .syncApproved:
            try TenantsTable.apply(event, record, db)
        }
    }

    /// Whether a sync made the contact.
    private func isMade(_ id: ContactID) throws -> Bool {
        helpDesk.isRemote ? try helpDesk.isMade(id) : try contacts.row(id)?.isFromEntra ?? false
    }

    /// Notes the last event of a subject that is no user.
    func noteSubject(of record: RecordedEvent) throws {
        guard let subject = record.subject else { return }
        subjectSet.bind(1, subject)
        subjectSet.bind(2, record.position.rawValue)
        try subjectSet.run()
        try TenantEventsTable.note(record, db)
    }

    /// Where contacts live elsewhere from now on, those that were known are let go.
    private func move(to changed: HelpDeskChanged, _ record: RecordedEvent) throws {
        let isElsewhere = try HelpDeskState.fetch(db).isElsewhere(than: changed.helpDesk)
        try helpDesk.apply(.helpDeskChanged(changed), record, db)
        guard isElsewhere else { return }
        try users.unlinkAll(isDue: helpDesk.isRemote, db)
        try db.execute(sql: "DELETE FROM contacts")
        try db.execute(sql: "DELETE FROM former_links")
        try db.execute(sql: "DELETE FROM writes")
        try TenantsTable.apply(.helpDeskChanged(changed), record, db)
    }

    /// The contact is gone from the help desk: its user is decided again.
    private func lose(_ id: ContactID, _ record: RecordedEvent) throws {
        guard let row = try contacts.row(id) else { return }
        if let user = row.user {
            try users.unlink(id, from: user, at: record, isDue: helpDesk.isRemote)
            try contacts.leave(id, user: user)
        }
        try contacts.remove(id)
        try users.mark(row.contact.email)
    }

    /// A user as last known; nil once erased.
    package func object(of row: UsersTable.Row, journal: Database) throws -> UserObject? {
        guard let bytes = try bytes(of: row, journal: journal) else { return nil }
        return try UserObject(bytes)
    }

    /// The JSON of a user as last known; nil once erased.
    package func bytes(of row: UsersTable.Row, journal: Database) throws -> [UInt8]? {
        try row.merged ?? JournalReader.data(journal, at: Position(rawValue: row.base))
    }
}
