package import ContactSync
package import GRDB
package import Journal

/// One event of a tenant's life, with the settings on both sides of it.
package struct TenantChange: Sendable {
    package let record: RecordedEvent
    package let event: Event
    /// Nil where the tenant was not known yet.
    package let before: TenantSettings?
    package let after: TenantSettings?
}

package enum TenantHistory {
    /// Everything that happened to a tenant and its settings, the oldest first: its own events alone are folded, by the
    /// code that folds all.
    package static func changes(of tenant: TenantID, _ db: Database, journal: Database) throws -> [TenantChange] {
        let records = try TenantEventsTable.life(of: tenant, db).compactMap { try JournalReader.event(journal, at: $0) }
        return try Scratch.with { projector in
            func settings() throws -> TenantSettings? {
                try Installation.tenants(projector.db).first { $0.id == tenant }?.settings
            }
            return try records.compactMap { record in
                guard let event = try record.event() else { return nil }
                let before = try settings()
                try projector.apply(event, record, journal: journal)
                return TenantChange(record: record, event: event, before: before, after: try settings())
            }
        }
    }
}
