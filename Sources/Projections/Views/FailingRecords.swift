package import ContactSync
package import GRDB

/// The failed records of a tenant, as numbers.
package enum FailingRecords {
    /// All that fail now.
    package static func count(of tenant: TenantID, _ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT failed FROM tally WHERE tenant = ?", arguments: [tenant.rawValue]) ?? 0
    }

    /// Those that began to fail behind a sync: how many, since which sync at the latest, and for which reasons.
    package static func begun(
        after sync: Int64, of tenant: TenantID, _ db: Database
    ) throws -> (count: Int, last: Int64, reasons: [String: Int]) {
        // The constant lets SQLite take the index of those that fail.
        let these = """
            FROM users WHERE tenant = (SELECT number FROM tenants WHERE id = ?) AND failing_since > ?
                AND failing_since IS NOT NULL AND outcome = 2 AND removed = 0
            """
        let arguments: StatementArguments = [tenant.rawValue, sync]
        let row = try Row.fetchOne(
            db, sql: "SELECT count(*), coalesce(max(failing_since), 0) \(these)", arguments: arguments)
        guard let row, row[0] > 0 else { return (0, 0, [:]) }
        let reasons = try Row.fetchAll(
            db,
            sql: """
                SELECT json_extract(reason.value, '$.code'), count(DISTINCT failed.id)
                FROM (SELECT id, failure \(these) AND failure IS NOT NULL LIMIT \(most)) AS failed,
                    json_each(failed.failure, '$.reasons') AS reason
                GROUP BY 1 ORDER BY 1
                """, arguments: arguments)
        return (row[0], row[1], Dictionary(uniqueKeysWithValues: reasons.map { ($0[0], $0[1]) }))
    }

    /// Reasons are counted over so many records at most, which says enough.
    private static let most = 10_000
}
