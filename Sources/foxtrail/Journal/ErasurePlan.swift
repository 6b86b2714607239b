import ContactSync
import GRDB
import Journal
import Projections

/// Whom an erasure is about, and what has to be said of it.
struct ErasurePlan {
    let people: [Person]
    let desk: HelpDesk
    /// Addresses by which the person is known now.
    let words: [String]
    private let tenants: [Tenant]

    /// Throws where nobody is known by that name, or the person still acts here.
    init(_ text: String, _ db: Database) throws {
        let agents = try Installation.agents(db)
        if let agent = agents.first(where: { $0.email.lowercased() == text.lowercased() }) {
            throw Failure(
                .badInput, "\(text) is an agent, and the journal says who acted",
                ["foxtrail agent remove \(agent.email), and erase then"])
        }
        people = try Person.find(text, db)
        guard !people.isEmpty else {
            throw Failure(
                .badInput, "nobody here is known as \(text)",
                ["foxtrail contact list shows the contacts; the object id finds also who has none"])
        }
        desk = try HelpDeskState.fetch(db).desk
        tenants = try Installation.tenants(db)
        words = try people.flatMap { try $0.addresses(db) } + (text.contains("@") ? [text] : [])
    }

    /// What would be erased, before anybody says yes.
    var lines: [String] {
        people.map { person in
            switch person {
            case .user(let row):
                "user \(row.objectID) of \(domain(row.tenant)): everything read of the user, decided and sent"
            case .contact(let id): "contact \(id), which no user of Entra ID has"
            case .agent(let number): "agent \(number), who was removed: name and address"
            }
        } + ["backups, exports and reports made before keep what they hold"]
    }

    func hints(_ erased: [Erased], _ remaining: [Int64]) -> [String] {
        var hints: [String] = []
        let contacts = erased.flatMap(\.contacts).map(\.description)
        if desk.isRemote, !contacts.isEmpty {
            hints.append(
                "contact \(contacts.joined(separator: ", ")) in \(desk.words) is not touched: delete it there, or a "
                    + "sync that reads it records it again")
        } else if !contacts.isEmpty {
            hints.append("contact \(contacts.joined(separator: ", ")) was kept in this journal and is erased with it")
        }
        for case .user(let row) in people where !row.isRemoved {
            hints.append(
                "the user is still in Entra ID: unless deleted or left out there, the next sync reads \(row.objectID) "
                    + "again, as somebody new")
        }
        if !remaining.isEmpty {
            let positions = remaining.prefix(5).map(String.init).joined(separator: ", ")
            hints.append(
                "the address also stands in events that are of somebody else: \(positions)"
                    + (remaining.count > 5 ? " and \(remaining.count - 5) more" : ""))
        }
        return hints + ["backups, exports and reports made before keep what they hold"]
    }

    private func domain(_ tenant: TenantID) -> String {
        tenants.first { $0.id == tenant }?.domain ?? tenant.rawValue
    }
}

/// Where an address still stands in the journal: in what is recorded of others.
enum Mentions {
    static func find(_ words: [String], home: String) throws -> [Int64] {
        let journal = try JournalFile.openForReading(path: JournalFile.path(home: home))
        return try journal.read { db in
            try Set(
                words.flatMap { word in
                    try Int64.fetchAll(
                        db, sql: "SELECT position FROM events WHERE instr(lower(data), lower(?))", arguments: [word])
                }
            ).sorted()
        }
    }
}
