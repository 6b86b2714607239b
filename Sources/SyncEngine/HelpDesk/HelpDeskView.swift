import ContactSync
import HappyFox
import Journal
import Projections

/// What the help desk holds right now of the contacts that are about to be written: nothing is written over what has not
/// been looked at a moment before.
final class HelpDeskView {
    /// What a write depends on.
    enum Target: Hashable {
        case contact(ContactID)
        /// That nobody has it, or who.
        case address(String)
    }

    /// How long a look is good for, in milliseconds: agents work on the same contacts. A list that took long is good for
    /// some times as long, or it would be old before it could be used.
    private static let freshness: Int64 = 300_000
    private static let listFactor: Int64 = 3
    /// How long it is believed that nobody has an address who was not in a list: who becomes a contact meanwhile has
    /// nothing yet that could get lost.
    private static let absence: Int64 = 3_600_000
    /// So many contacts are kept from a reading of all, two kilobytes each; the others are read one by one.
    private static let mostHeld = 20_000
    /// Contacts come and go while they are listed; a list that nobody changed meanwhile is whole.
    private static let attempts = 3

    let client: HappyFoxClient
    let budget: RequestBudget
    let fields: [FieldDefinition]
    private let now: () -> Int64
    private let transact: (_ body: (Store.Transaction) throws -> Void) throws -> Void
    private let progress: (HelpDeskProgress) -> Void
    private var held: [ContactID: (contact: HappyFoxContact, at: Int64)] = [:]
    private var absent: [String: Int64] = [:]
    /// When a list began that was whole; who is not in it is not there.
    private var listedAt: Int64?
    private var triedAt: Int64?
    private var singles = 0
    private var freshness = HelpDeskView.freshness

    init(
        client: HappyFoxClient, budget: RequestBudget, fields: [FieldDefinition], now: @escaping () -> Int64,
        progress: @escaping (HelpDeskProgress) -> Void,
        transact: @escaping (_ body: (Store.Transaction) throws -> Void) throws -> Void
    ) {
        self.client = client
        self.budget = budget
        self.fields = fields
        self.now = now
        self.progress = progress
        self.transact = transact
    }

    /// The contact as it was seen a moment ago.
    func contact(_ id: ContactID) -> HappyFoxContact? {
        held[id].flatMap { isRecent($0.at) ? $0.contact : nil }
    }

    /// Whether the target was looked at a moment ago.
    func isFresh(_ target: Target, _ contacts: ContactsTable) throws -> Bool {
        switch target {
        case .contact(let id): return contact(id) != nil
        case .address(let email):
            if let row = try contacts.row(email: email) { return contact(row.contact.id) != nil }
            return isRecent(listedAt, HelpDeskView.absence) || isRecent(absent[email.lowercased()])
        }
    }

    /// What was written is no longer known for sure.
    func forget(_ target: Target) {
        switch target {
        case .contact(let id): held[id] = nil
        case .address(let email): absent[email.lowercased()] = nil
        }
    }

    /// After a write whose answer is missing even a whole list of before proves nothing.
    func forgetList() { (listedAt, triedAt) = (nil, nil) }

    private func isRecent(_ time: Int64?, _ span: Int64? = nil) -> Bool {
        time.map { now() - $0 < span ?? freshness } ?? false
    }

    /// Looks at all that is not fresh, in the cheaper way: one by one, or by a list of everything once that many single
    /// looks were spent as the list would have cost.
    func refresh(_ targets: [Target]) async throws {
        var needed = try stale(targets)
        guard !needed.isEmpty else { return }
        let pages = try knownContacts() / HappyFoxClient.pageSize + 1
        if singles + needed.count > pages, !isRecent(triedAt) {
            try await readAll()
            needed = try stale(needed)
        }
        for target in needed { try await look(at: target) }
    }

    private func stale(_ targets: [Target]) throws -> [Target] {
        var stale: [Target] = []
        var seen: Set<Target> = []
        try transact { transaction in
            for target in targets where seen.insert(target).inserted {
                if try !isFresh(target, transaction.projector.contacts) { stale.append(target) }
            }
        }
        return stale
    }

    private func knownContacts() throws -> Int {
        var count = 0
        try transact { count = try Contacts.count($0.db) }
        return count
    }

    private func look(at target: Target) async throws {
        singles += 1
        switch target {
        case .contact(let id):
            let found = try await budget.timed { try await client.contact(id) }
            try transact { transaction in
                if let found { return try take(found, transaction) }
                held[id] = nil
                guard try transaction.projector.contacts.row(id) != nil else { return }
                try transaction.append(.contactRemoved(.init(contact: id)), .contact(id))
            }
        case .address(let email):
            let found = try await budget.timed { try await client.contact(email: email) }
            guard found == nil else {
                return try transact { transaction in try found.map { try take($0, transaction) } }
            }
            absent[email.lowercased()] = now()
            // Whoever was known by the address has another one by now, or is gone.
            var former: ContactID?
            try transact { former = try $0.projector.contacts.row(email: email)?.contact.id }
            if let former { try await look(at: .contact(former)) }
        }
    }

    /// Remembers a contact, and records it where it is not what was known.
    private func take(_ found: HappyFoxContact, _ transaction: Store.Transaction) throws {
        if held.count < HelpDeskView.mostHeld || held[found.id] != nil { held[found.id] = (found, now()) }
        let known = try transaction.projector.contacts.row(found.id)?.contact
        let contact = found.contact(fields, known: known)
        guard contact != known else { return }
        try transaction.append(.contactRead(.init(contact: contact)), .contact(contact.id))
    }

    /// Reads every contact. Only a list that is proven whole tells who is not there: as many contacts as the help desk says
    /// it has, and none came or went meanwhile.
    func readAll(onTotal: (Int) -> Void = { _ in }) async throws {
        triedAt = now()
        held.removeAll(keepingCapacity: true)
        for attempt in 1...HelpDeskView.attempts {
            let began = now()
            if let seen = try await readList(attempt == 1 ? onTotal : { _ in }) {
                try await conclude(seen)
                listedAt = began
                freshness = max(HelpDeskView.freshness, HelpDeskView.listFactor * (now() - began))
                return
            }
        }
    }

    /// Nil where the list was not whole.
    private func readList(_ onTotal: (Int) -> Void) async throws -> Set<ContactID>? {
        var seen: Set<ContactID> = []
        var total: Int?
        var isSteady = true
        var page = 1
        while true {
            let rows = try await budget.timed { try await client.contacts(page: page) }
            if page == 1 {
                total = rows.total
                onTotal(total ?? rows.contacts.count)
            }
            // Behind the last page nothing is said of the total.
            if !rows.contacts.isEmpty, rows.total != total { isSteady = false }
            try transact { for contact in rows.contacts { try take(contact, $0) } }
            let before = seen.count
            seen.formUnion(rows.contacts.map(\.id))
            progress(.reading(contacts: seen.count, of: total))
            // A page that brings nobody new is the last one, or one of a list that goes in circles.
            if seen.count == before || seen.count >= total ?? .max { break }
            page += 1
        }
        return isSteady && seen.count == total ? seen : nil
    }

    /// Who is missing is asked for by number: a list may leave out what is there all the same, and to take that for gone
    /// would have it made anew, over what it holds.
    private func conclude(_ seen: Set<ContactID>) async throws {
        var missing: [ContactID] = []
        try transact { missing = try Contacts.ids($0.db).filter { !seen.contains($0) } }
        for id in missing { try await look(at: .contact(id)) }
        try transact { _ = try $0.append(.contactsRead(.init(contacts: seen.count)), nil) }
    }
}
