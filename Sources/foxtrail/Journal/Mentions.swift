import ContactSync
import GRDB
import Journal
import Projections

/// Where an address stands in the journal as a whole text, whoever it is recorded of. Found by reading all.
enum Mentions {
    private static let holds = #"instr(lower(data), '"' || lower(?) || '"')"#

    /// The positions of events that hold one of the addresses.
    static func find(_ addresses: [String], _ journal: Database) throws -> [Int64] {
        let sql = "SELECT position FROM events WHERE \(holds)"
        return try Set(addresses.flatMap { try Int64.fetchAll(journal, sql: sql, arguments: [$0]) }).sorted()
    }

    /// What `journal erase` takes for those of whom it is recorded, a few at most.
    static func subjects(of address: String, _ db: Database, _ journal: Database) throws -> [String] {
        let sql = """
            SELECT DISTINCT subject FROM events WHERE \(holds)
                AND (subject LIKE 'user:%' OR subject LIKE 'contact:%' OR subject LIKE 'agent:%') LIMIT 5
            """
        return try String.fetchAll(journal, sql: sql, arguments: [address])
            .map { Subject.user(in: $0)?.objectID ?? $0 }
            .filter { try !Person.find($0, db).isEmpty }
    }
}
