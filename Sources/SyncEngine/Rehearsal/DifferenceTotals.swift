import ContactSync
import GRDB
import Journal
import Projections

/// How many records would change, and how many stay as they are.
package struct DifferenceTotals: Equatable, Sendable {
    private var counts: [Difference.Kind: Int] = [:]
    /// Decided records of the tenants that the sync reads, and not among the others.
    package private(set) var unchanged = 0
    /// Those of the unchanged that failed, and fail again in the same way.
    package private(set) var stillFailing = 0
    /// Users who would leave: removed in Entra, or no longer selected. They keep their contacts.
    package private(set) var leaving = 0
    /// Account e-mails that the sync would have to send.
    package private(set) var mails = 0

    package func count(_ kind: Difference.Kind) -> Int { counts[kind] ?? 0 }

    /// Records that would change.
    package var changed: Int { counts.values.reduce(0, +) }

    mutating func add(_ difference: Difference) { counts[difference.kind, default: 0] += 1 }

    /// Counts those that no decision was about.
    mutating func addOthers(_ rehearsal: Rehearsal) throws {
        let begun = rehearsal.base.size
        try rehearsal.read { db in
            guard let log = try SyncLog.fetch(db) else { return }
            let tenants = log.tenants.map(\.rawValue)
            let untouched = "removed = 0 AND users.id NOT IN (SELECT user FROM decisions)"
            unchanged = try count(db, untouched + " AND outcome > 0", tenants)
            stillFailing = try count(db, untouched + " AND outcome = 2", tenants)
            leaving = try count(db, "removed = 1 AND last_event > \(begun)", tenants)
            mails = try AccountMails.toSend(db, of: log.mailing).count
        }
    }

    private func count(_ db: Database, _ condition: String, _ tenants: [String]) throws -> Int {
        let places = tenants.map { _ in "?" }.joined(separator: ", ")
        return try Int.fetchOne(
            db,
            sql: """
                SELECT count(*) FROM users JOIN tenants ON tenants.number = users.tenant
                WHERE \(condition) AND tenants.id IN (\(places))
                """, arguments: StatementArguments(tenants)) ?? 0
    }
}
