import ContactSync
import GRDB
import Journal

/// Where each tenant's own events stand, without those that its syncs record time and again: so that what was set, and
/// how a read went, is found without a walk through every page that was ever read.
enum TenantEventsTable {
    static let version = 1
    static let schema = """
        CREATE TABLE tenant_events (position INTEGER PRIMARY KEY, tenant TEXT NOT NULL, type TEXT NOT NULL) STRICT;
        CREATE INDEX tenant_events_by_type ON tenant_events (tenant, type);
        """

    private static let passedOver = [EventType.pageRead, .tenantReadFailed, .recordsUnconcerned].map(\.rawValue)

    /// Notes an event of a subject other than a user.
    static func note(_ record: RecordedEvent, _ db: Database) throws {
        guard let subject = record.subject, subject.hasPrefix("tenant:"), !passedOver.contains(record.type) else {
            return
        }
        try db.execute(
            sql: "INSERT INTO tenant_events VALUES (?, ?, ?)",
            arguments: [record.position.rawValue, String(subject.dropFirst("tenant:".count)), record.type])
    }

    /// All that can have changed the tenant or its settings, oldest first.
    static func life(of tenant: TenantID, _ db: Database) throws -> [Position] {
        try fetch(
            "SELECT position FROM tenant_events WHERE tenant = ? AND type <> ? ORDER BY position",
            [tenant.rawValue, EventType.selectionRead.rawValue], db)
    }

    /// The events of some types behind a position, oldest first.
    static func positions(
        of tenant: TenantID, _ types: [EventType], after position: Position, _ db: Database
    ) throws -> [Position] {
        try fetch(
            """
            SELECT position FROM tenant_events
            WHERE tenant = ? AND type IN (\(marks(types))) AND position > ? ORDER BY position
            """, arguments(tenant, types, position), db)
    }

    /// The last event of some types at a position or before it.
    static func last(
        of tenant: TenantID, _ types: [EventType], to position: Position, _ db: Database
    ) throws -> Position? {
        try fetch(
            """
            SELECT position FROM tenant_events
            WHERE tenant = ? AND type IN (\(marks(types))) AND position <= ? ORDER BY position DESC LIMIT 1
            """, arguments(tenant, types, position), db
        ).first
    }

    /// The first event of a type behind a position.
    static func next(
        of tenant: TenantID, _ type: EventType, after position: Position, _ db: Database
    ) throws -> Position? {
        try fetch(
            "SELECT position FROM tenant_events WHERE tenant = ? AND type = ? AND position > ? ORDER BY position LIMIT 1",
            arguments(tenant, [type], position), db
        ).first
    }

    private static func marks(_ types: [EventType]) -> String { types.map { _ in "?" }.joined(separator: ", ") }

    private static func arguments(
        _ tenant: TenantID, _ types: [EventType], _ position: Position
    ) -> StatementArguments {
        StatementArguments([tenant.rawValue] + types.map(\.rawValue)) + [position.rawValue]
    }

    private static func fetch(_ sql: String, _ arguments: StatementArguments, _ db: Database) throws -> [Position] {
        try Int64.fetchAll(db, sql: sql, arguments: arguments).map(Position.init(rawValue:))
    }
}
