package import ContactSync
package import GRDB
package import Journal

/// A tenant's settings and the custom fields as they were at a position, put together from their own events.
package struct PastSettings: Sendable {
    package private(set) var settings: TenantSettings
    package let fields: [FieldDefinition]
    /// What has been changed since then and decides records, oldest first.
    package let changes: [RecordedEvent]

    package init(of tenant: Tenant, at position: Position, _ projector: Projector, journal: Database) throws {
        settings = tenant.settings
        var changes: [RecordedEvent] = []
        if tenant.settingsAt > position.rawValue {
            changes = try PastSettings.rewind(&settings, of: tenant.id, to: position, projector.db, journal)
        }
        let past = try PastFields(at: position, projector, journal: journal)
        fields = past.fields
        self.changes = (changes + past.changes).sorted { $0.position < $1.position }
    }

    /// Takes back what was set behind a position; returns the events that set it.
    private static func rewind(
        _ settings: inout TenantSettings, of tenant: TenantID, to position: Position, _ db: Database,
        _ journal: Database
    ) throws -> [RecordedEvent] {
        let positions = try TenantEventsTable.positions(of: tenant, deciding, after: position, db)
        let changes = try positions.compactMap { try JournalReader.event(journal, at: $0) }
        let types = Set(changes.compactMap { EventType(rawValue: $0.type) })
        // What each was before is told by the last event of its type, or by the authorization.
        for type in types.contains(.tenantAuthorized) ? deciding : deciding.filter(types.contains) {
            let last = try TenantEventsTable.last(of: tenant, [type, .tenantAuthorized], to: position, db)
            if let event = try last.flatMap({ try JournalReader.event(journal, at: $0)?.event() }) {
                restore(&settings, event, of: type)
            }
        }
        return changes
    }

    /// A tenant starts with settings of its own when it is authorized.
    private static let deciding: [EventType] = [
        .tenantAuthorized, .mappingChanged, .selectionChanged, .inclusionChanged, .overwriteChanged,
    ]

    private static func restore(_ settings: inout TenantSettings, _ event: Event, of type: EventType) {
        switch event {
        case .mappingChanged(let past): settings.mapping = past.mapping
        case .overwriteChanged(let past): settings.overwriteCustomFields = past.isOn
        case .inclusionChanged(let past): settings.include = past.include
        case .selectionChanged(let past): (settings.users, settings.groupNames) = (past.users, past.names ?? [:])
        case .tenantAuthorized:
            guard let mapping = Mapping.initial else { return }
            let initial = TenantSettings(mapping: mapping)
            if type == .mappingChanged { settings.mapping = initial.mapping }
            if type == .overwriteChanged { settings.overwriteCustomFields = initial.overwriteCustomFields }
            if type == .inclusionChanged { settings.include = initial.include }
            if type == .selectionChanged { settings.selectAll() }
        default: break
        }
    }
}

/// The definitions of the custom fields as they were at a position.
private struct PastFields {
    private(set) var fields: [FieldDefinition]
    private(set) var changes: [RecordedEvent] = []

    init(at position: Position, _ projector: Projector, journal: Database) throws {
        fields = try Installation.fields(projector.db)
        // Removed ones have no row any more; that there was one is told by their events.
        let moved = try Row.fetchAll(
            projector.db,
            sql: """
                SELECT subject, last_event FROM subjects
                WHERE subject >= 'field:' AND subject < 'field;' AND last_event > ? ORDER BY subject
                """, arguments: [position.rawValue])
        for row in moved { try rewind(from: Position(rawValue: row["last_event"]), to: position, journal) }
    }

    private mutating func rewind(from last: Position, to position: Position, _ journal: Database) throws {
        var name: String?
        var past: FieldDefinition?
        try JournalReader.chain(journal, from: last) { record in
            switch try record.event() {
            case .fieldDefined(let field)?, .fieldChanged(let field)?:
                name = field.name
                if record.position <= position { past = field }
            case .fieldRemoved(let field)?: name = field.name
            default: break
            }
            if record.position > position { changes.append(record) }
            return record.position > position
        }
        let index = fields.firstIndex { $0.name == name }
        if let index { fields.remove(at: index) }
        if let past { fields.insert(past, at: index ?? fields.endIndex) }
    }
}
