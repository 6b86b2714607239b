import ContactSync
import GRDB
import Journal
import Projections

/// Everything that was set for the installation, the oldest first: made of the events that set it, by the code that folds all.
struct InstallationChange {
    let record: RecordedEvent
    let changes: [SettingsChange]
    let words: String?

    static func all(_ db: Database, journal: Database) throws -> [InstallationChange] {
        let records = try positions(db, journal).compactMap { try JournalReader.event(journal, at: $0) }
        return try Scratch.with { projector in
            try records.compactMap { record in
                guard let event = try record.event() else { return nil }
                let before = try InstallationSettings.fetch(projector.db)
                try projector.apply(event, record, journal: journal)
                guard let before, let after = try InstallationSettings.fetch(projector.db) else {
                    return InstallationChange(record: record, changes: [], words: "the account was opened")
                }
                let changes = SettingsSections.all.flatMap { $0.changes(before, after) }
                return InstallationChange(
                    record: record, changes: changes, words: changes.isEmpty ? secretWords(event) : nil)
            }
        }
    }

    /// Another secret is a change that nothing else tells of.
    private static func secretWords(_ event: Event) -> String? {
        switch event {
        case .helpDeskChanged: "another key for the help desk, or its links let go"
        case .mailServerChanged: "another password or authority for the mail server"
        case .noticeWebhookChanged: "another secret or authority for the webhook"
        default: nil
        }
    }

    /// Walks back from each subject's last event, past what syncs record of the help desk.
    private static func positions(_ db: Database, _ journal: Database) throws -> [Position] {
        let sql = """
            SELECT last_event FROM subjects WHERE subject IN ('account', 'app', 'help-desk', 'mail', 'notices')
                OR subject LIKE 'agent:%' OR subject LIKE 'field:%'
            """
        var found: [Position] = []
        for last in try Int64.fetchAll(db, sql: sql) {
            try JournalReader.chain(journal, from: Position(rawValue: last)) { record in
                if types.contains(record.type) { found.append(record.position) }
                return true
            }
        }
        return found.sorted()
    }

    private static let types = Set(
        [
            EventType.accountOpened, .accountChanged, .appInstalled, .appUninstalled, .helpDeskChanged, .agentAdded,
            .agentChanged, .agentRemoved, .fieldDefined, .fieldChanged, .fieldRemoved, .mailServerChanged,
            .mailTemplateChanged, .noticeRecipientsChanged, .noticeWebhookChanged,
        ].map(\.rawValue))
}
