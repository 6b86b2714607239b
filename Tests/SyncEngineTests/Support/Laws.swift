import ContactSync
import GRDB
import Journal
import Projections
import SyncEngine
import Testing

/// What holds after every sync of every tenant, however it went.
enum Laws {
    static func expectAll(_ home: TemporaryHome, _ location: SourceLocation = #_sourceLocation) throws {
        let models = try home.models()
        #expect(try models.check() == [], "rebuilt projections differ", sourceLocation: location)
        try expectReplayAgrees(home, location)
        let verification = try Verifier.verify(path: JournalFile.path(home: home.path))
        #expect(verification.faults == [], sourceLocation: location)
        try models.read { db in
            try expectTallyCounts(db, location)
            try expectLinksAreMutual(db, location)
            let muddled = "outcome = 2 AND failing_since IS NULL OR outcome = 1 AND failing_since IS NOT NULL"
            #expect(
                try Int.fetchOne(db, sql: "SELECT count(*) FROM users WHERE \(muddled)") == 0,
                "since when a record fails is known of those that fail, and of no others", sourceLocation: location)
        }
    }

    static func expectReplayAgrees(_ home: TemporaryHome, _ location: SourceLocation = #_sourceLocation) throws {
        for verdict in try home.replay() {
            let text = verdict.differences.map { "\($0.subject): recorded \($0.recorded), decided \($0.decided)" }
            #expect(verdict.different == 0, "sync \(verdict.sync): \(text)", sourceLocation: location)
        }
    }

    /// What a sync by hand has come to.
    static func totals(_ db: Database) throws -> SyncTotals {
        try SyncLog.fetch(db).map { try Tally.totals(db, $0) } ?? SyncTotals()
    }

    /// The log's totals are what a count over the users of the latest sync gives.
    static func expectTallyCounts(_ db: Database, _ location: SourceLocation = #_sourceLocation) throws {
        guard let log = try SyncLog.fetch(db) else { return }
        let tenants = log.tenants.map { "'\($0)'" }.joined(separator: ", ")
        func count(_ condition: String) throws -> Int {
            let sql = """
                SELECT count(*) FROM users JOIN tenants ON tenants.number = users.tenant
                WHERE removed = 0 AND tenants.id IN (\(tenants)) AND \(condition)
                """
            return try Int.fetchOne(db, sql: sql) ?? 0
        }
        let synced = try count("outcome = 1")
        let new = try count("outcome = 1 AND created_in = \(log.sync)")
        let counted = SyncTotals(new: new, existing: synced - new, failed: try count("outcome = 2"))
        // Whom a sync has not reached fails without a row of its own: then only the report can be compared.
        let isRead = try Installation.tenants(db).filter { log.tenants.contains($0.id) }.allSatisfy {
            $0.readIn == log.sync
        }
        // Nor is whom the help desk was not told of what the row says, nor whom a guard holds.
        if isRead, !log.mayHaveUnreached, log.totals.held == nil {
            #expect(log.totals == counted, sourceLocation: location)
        }
        #expect(try Tally.totals(db, log) == log.totals, sourceLocation: location)
        var rows = (new: 0, synced: 0, failed: 0)
        try Report.each(db) { row in
            if row.isSynced { rows.synced += 1 } else { rows.failed += 1 }
            if row.isSynced, row.isNew { rows.new += 1 }
        }
        #expect(
            rows == (log.totals.new, log.totals.synced, log.totals.failed), "the report's rows",
            sourceLocation: location)
    }

    /// A user's contact knows the user; a synced user of a tenant that is still there has a contact, and no two users
    /// share one.
    private static func expectLinksAreMutual(_ db: Database, _ location: SourceLocation) throws {
        let strays = """
            SELECT count(*) FROM users JOIN tenants ON tenants.number = users.tenant
                LEFT JOIN contacts ON contacts.id = users.contact
            WHERE (users.contact IS NOT NULL AND contacts.user IS NOT users.id)
                OR (users.outcome = 1 AND users.removed = 0 AND users.contact IS NULL
                    AND tenants.data ->> '$.isDeleted' = 0)
            """
        #expect(try Int.fetchOne(db, sql: strays) == 0, "one-sided links", sourceLocation: location)
        let lost = """
            SELECT count(*) FROM contacts JOIN users ON users.id = contacts.user
            WHERE users.contact IS NOT contacts.id
            """
        #expect(try Int.fetchOne(db, sql: lost) == 0, "one-sided links", sourceLocation: location)
    }

    /// A sync of an unchanged tenant writes four events, whatever its size.
    static func expectQuietSync(_ scene: Scene, _ location: SourceLocation = #_sourceLocation) async throws {
        let types = try await scene.home.types { _ = try await scene.sync() }
        #expect(
            types == ["syncStarted", "pageRead", "selectionRead", "syncCompleted"], sourceLocation: location)
    }
}
