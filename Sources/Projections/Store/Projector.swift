package import ContactSync
package import GRDB
package import Journal

/// Applies recorded events to the read models: the one way in which rows come to be, live and in every rebuild.
package struct Projector {
    package let users: UsersTable
    package let contacts: ContactsTable
    package let db: Database
    private let subjectGet, subjectSet: RowStatement

    /// Raised with any table's version: the file is rebuilt then.
    static let version = [
        1, UsersTable.version, ContactsTable.version, InstallationTable.version, TenantsTable.version, SyncLog.version,
    ].map { String($0) }.joined(separator: ".")
    static let schema = """
        CREATE TABLE stamp (position INTEGER NOT NULL, root BLOB NOT NULL, version TEXT NOT NULL) STRICT;
        CREATE TABLE subjects (subject TEXT PRIMARY KEY, last_event INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """ + UsersTable.schema + ContactsTable.schema + InstallationTable.schema + TenantsTable.schema + SyncLog.schema

    package init(_ db: Database) throws {
        self.db = db
        users = try UsersTable(db)
        contacts = try ContactsTable(db)
        subjectGet = try RowStatement(db, "SELECT last_event FROM subjects WHERE subject = ?")
        subjectSet = try RowStatement(db, "INSERT OR REPLACE INTO subjects VALUES (?, ?)")
    }

    /// The position of a subject's last event.
    package func last(_ subject: Subject) throws -> Position? {
        if case .user(let key) = subject { return try users.row(key).map { Position(rawValue: $0.lastEvent) } }
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
        let key = record.subject.flatMap { Subject.user(in: $0) }
        if key == nil, let subject = record.subject {
            subjectSet.bind(1, subject)
            subjectSet.bind(2, record.position.rawValue)
            try subjectSet.run()
        }
        switch event {
        case .userFetched, .userChanged, .userRemoved, .contactCreated, .contactUpdated, .contactFailed:
            if let key { try applyRecord(event, record, key, journal: journal) }
        case .contactAdded(let added):
            try contacts.create(added.contact, fromEntra: false, user: nil, subject: nil)
        case .syncStarted, .syncFailed, .syncInterrupted: try SyncLog.apply(event, record, db)
        case .syncCompleted:
            try SyncLog.apply(event, record, db)
            try TenantsTable.apply(event, record, db)
        case .pageRead, .tenantReadFailed, .tenantAuthorizationFailed: break
        case .accountOpened, .accountChanged, .agentAdded, .agentRemoved, .appInstalled, .appUninstalled:
            try InstallationTable.apply(event, record, db)
        case .fieldDefined, .fieldChanged, .fieldRemoved:
            try InstallationTable.apply(event, record, db)
            try TenantsTable.apply(event, record, db)
        case .tenantAuthorized, .tenantReauthorized, .tenantDisabled, .mappingChanged, .selectionChanged,
            .overwriteChanged, .accountEmailChanged, .contactSyncEnabled, .contactSyncDisabled, .selectionRead:
            try TenantsTable.apply(event, record, db)
        }
    }

    private func applyRecord(_ event: Event, _ record: RecordedEvent, _ key: UserKey, journal: Database) throws {
        let at = record.position.rawValue
        let known = try users.row(key)
        switch event {
        case .userFetched: return try users.fetch(key, known: known, base: at, merged: nil, at: at)
        case .userChanged(let changes):
            let base = try known.flatMap { try object(of: $0, journal: journal) }
            let merged = base?.overlaid(by: changes).bytes
            return try users.fetch(key, known: known, base: at, merged: merged, at: at)
        default: break
        }
        guard let known else { return }
        switch event {
        case .userRemoved: try users.remove(known, at: at)
        case .contactCreated(let created):
            try contacts.create(created.contact, fromEntra: true, user: known.id, subject: record.subject)
            try users.decide(
                known, .synced, contact: created.contact.id, createdIn: record.sync, failure: nil, data: nil, at: at)
        case .contactUpdated(let updated): try apply(updated, known, at: at)
        case .contactFailed(let failed):
            try users.decide(known, .failed, contact: nil, createdIn: nil, failure: failed, data: record.data, at: at)
        default: break
        }
    }

    private func apply(_ updated: ContactUpdated, _ user: UsersTable.Row, at: Int64) throws {
        guard let row = try contacts.row(updated.contact) else { return }
        if !updated.changes.isEmpty {
            var contact = row.contact
            for change in updated.changes { contact.apply(change) }
            try contacts.store(contact)
        }
        if updated.adopts {
            if let former = row.user { try users.unlink(contact: updated.contact, user: former) }
            try contacts.link(updated.contact, user: user.id)
        }
        try users.decide(user, .synced, contact: updated.contact, createdIn: nil, failure: nil, data: nil, at: at)
    }

    /// A user as last known; nil once erased.
    package func object(of row: UsersTable.Row, journal: Database) throws -> UserObject? {
        if let merged = row.merged { return try UserObject(merged) }
        return try JournalReader.event(journal, at: Position(rawValue: row.base))?.data.map { data in
            try UserObject(data)
        }
    }
}
