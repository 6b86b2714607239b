import ContactSync
import GRDB
import Journal
import Projections

/// Whom an erasure is about, and what has to be known of it before and after.
struct ErasurePlan {
    let person: Person
    let desk: HelpDesk
    /// Addresses by which the person is known now.
    let words: [String]
    /// How people know who it is.
    private let title: String
    /// Whether the user is there and selected, as far as is known.
    private let isInEntra: Bool
    /// Whether who is new gets an account e-mail.
    private let isMailed: Bool

    /// Throws where nobody is known by that name, or several are, or the person still acts here.
    init(_ text: String, _ db: Database, journal: Database) throws {
        let agents = try Installation.agents(db)
        if let agent = agents.first(where: { $0.email.lowercased() == text.lowercased() }) {
            throw Failure(
                .badInput, "\(text) is an agent, and the journal says who acted",
                ["foxtrail agent remove \(agent.email), and erase then"])
        }
        try ErasurePlan.expectNoNotices(to: [text], db)
        let people = try Person.find(text, db)
        guard let person = people.first else { throw try ErasurePlan.unknown(text, db, journal) }
        guard people.count == 1 else {
            throw Failure(
                .badInput, "\(text) is or was the address of \(people.count): it does not say who is meant",
                people.map { "foxtrail journal erase \($0.name)" })
        }
        self.person = person
        desk = try HelpDeskState.fetch(db).desk
        let addresses = try person.addresses(db)
        words = addresses + (addresses.contains(text) || !text.contains("@") ? [] : [text])
        try ErasurePlan.expectNoNotices(to: words, db)
        title = try ErasurePlan.title(person, db)
        guard case .user(let row) = person else {
            (isInEntra, isMailed) = (false, false)
            return
        }
        isInEntra = !row.isRemoved
        isMailed = try Installation.tenants(db).first { $0.id == row.tenant }?.settings.accountEmail ?? false
    }

    private static func expectNoNotices(to addresses: [String], _ db: Database) throws {
        let recipients = try Notices.recipients(db)
        guard let address = addresses.first(where: recipients.holds) else { return }
        let others = recipients.addresses.map(\.email).filter { !EmailAddress.areSame($0, address) }
        let rest = (recipients.admins ? ["admins"] : []) + others
        throw Failure(
            .badInput, "\(address) gets notices",
            ["foxtrail notice set --email \(rest.isEmpty ? "none" : rest.joined(separator: " ")), and erase then"])
    }

    private static func title(_ person: Person, _ db: Database) throws -> String {
        let known = try ([person.displayName(db)] + person.addresses(db)).compactMap(\.self)
        let who = known.isEmpty ? "" : ": " + known.joined(separator: ", ")
        switch person {
        case .user(let row):
            let domain = try Installation.tenants(db).first { $0.id == row.tenant }?.domain ?? row.tenant.rawValue
            return "user \(row.objectID) of \(domain)\(who)"
        case .contact(let id): return "contact \(id), which no user of Entra ID has\(who)"
        case .formerContact(let id): return "contact \(id) of help desks that were used before"
        case .agent(let number): return "agent \(number), who was removed\(who)"
        case .recipient(let number): return "address \(number), which got notices\(who)"
        }
    }

    /// Whoever asks by an address of former times must not be told that nothing is held.
    private static func unknown(_ text: String, _ db: Database, _ journal: Database) throws -> Failure {
        let subjects = text.contains("@") ? try Mentions.subjects(of: text, db, journal) : []
        return Failure(
            .badInput, "nobody here is known as \(text)",
            subjects.isEmpty
                ? ["foxtrail contact list shows the contacts; an object id finds also who has none"]
                : ["it stands in what is recorded of others, or was somebody's before:"]
                    + subjects.map { "foxtrail journal erase \($0)" })
    }

    /// What would be erased, before anybody says yes.
    var lines: [String] { [title, "what was read, decided and sent is removed"] + notes(contacts: linked) }

    private var linked: [ContactID] {
        switch person {
        case .user(let row): row.contact.map { [$0] } ?? []
        case .contact(let id): [id]
        case .formerContact, .agent, .recipient: []
        }
    }

    /// - Parameter contacts: Those that are not known here any more.
    func notes(contacts: [ContactID], kept: [ContactID] = [], mentions: [Int64] = []) -> [String] {
        var notes = kept.map {
            "contact \($0) is another user's now, and keeps what that one's record did not write over"
        }
        for contact in contacts {
            notes.append(
                desk.isRemote
                    ? "contact \(contact) in \(desk.words) is not touched: delete it there, or a sync that reads it "
                        + "records it again" : "contact \(contact) lives in this journal and goes too")
        }
        if isInEntra {
            notes.append(
                "the user is still in Entra ID: unless deleted or left out there, the next sync reads \(person.name) "
                    + "again, as somebody new" + (isMailed ? " who gets the account e-mail" : ""))
        }
        if !mentions.isEmpty {
            let rest = mentions.count > 5 ? " and \(mentions.count - 5) more" : ""
            let positions = mentions.prefix(5).map { String($0) }.joined(separator: ", ")
            notes.append("the address also stands in events that are of somebody else: \(positions)\(rest)")
        }
        return notes + ["backups, exports, plans and reports made before keep what they hold"]
    }
}
