import ContactSync
package import GRDB
import Journal

/// The records of a tenant that a guard holds.
package enum HeldRecords {
    private static let chunk = 500

    package static func count(of tenant: Tenant, _ db: Database) throws -> Int {
        let sql = """
            SELECT count(*) FROM users WHERE due = 1 AND removed = 0 AND base < ?
                AND tenant = (SELECT number FROM tenants WHERE id = ?)
            """
        return try Int.fetchOne(db, sql: sql, arguments: [tenant.hold?.at ?? 0, tenant.id.rawValue]) ?? 0
    }

    /// Each with the addresses by which a person may know the user: the contact's, and what the mapping has now.
    package static func each(
        of tenant: Tenant, _ db: Database, journal: Database,
        _ body: (_ objectID: String, _ emails: [String]) throws -> Void
    ) throws {
        guard let hold = tenant.hold else { return }
        let projector = try Projector(db)
        var last: Int64 = 0
        while true {
            let rows = try projector.users.rows(after: last, tenant: tenant.id, .due, limit: chunk)
            for row in rows where row.base < hold.at {
                let contact = try row.contact.flatMap { try projector.contacts.row($0)?.contact.email }
                let mapped = try projector.object(of: row, journal: journal)
                    .map { tenant.settings.mapping.email.value(in: $0).shown }
                try body(row.objectID, [contact, row.wanted, mapped].compactMap { $0 }.filter { !$0.isEmpty })
            }
            guard let end = rows.last, rows.count == chunk else { return }
            last = end.id
        }
    }
}
