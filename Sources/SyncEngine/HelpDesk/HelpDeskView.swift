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

    /// How long a look is good for, in milliseconds: agents work on the same contacts.
    static let freshness: Int64 = 300_000
    private static let longFactor: Int64 = 3
    private static let longest: Int64 = 1_800_000
    /// So many contacts are kept from a reading of all, two kilobytes each; the others are read one by one.
    private static let mostHeld = 20_000
    /// Contacts come and go while they are listed; a list that nobody changed meanwhile is whole.
    static let attempts = 3

    let client: HappyFoxClient
    let budget: RequestBudget
    let fields: [FieldDefinition]
    let now: () -> Int64
    let transact: (_ body: (Store.Transaction) throws -> Void) throws -> Void
    let progress: (HelpDeskProgress) -> Void
    var held: [ContactID: (contact: HappyFoxContact, at: Int64)] = [:]
    private var absent: [String: Int64] = [:]
    /// When a list began that was whole; who is not in it is not there.
    var listedAt: Int64?
    var triedAt: Int64?
    private var singles = 0
    var freshness = HelpDeskView.freshness
    var rehearsed = RehearsedWrites()

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
        case .contact(let id): return contact(id) != nil || rehearsed.holds(id)
        case .address(let email):
            if let row = try contacts.row(email: email) { return try isFresh(.contact(row.contact.id), contacts) }
            return rehearsed.frees(email) || isRecent(listedAt) || isRecent(absent[email.lowercased()])
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

    private func isRecent(_ time: Int64?) -> Bool { time.map { now() - $0 < freshness } ?? false }

    /// What took long to be looked at is good for some times as long, or it would be old before it could be used.
    func stretch(since began: Int64) {
        freshness = max(freshness, min(HelpDeskView.longest, HelpDeskView.longFactor * (now() - began)))
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
        let began = now()
        for target in needed { try await look(at: target) }
        stretch(since: began)
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

    func look(at target: Target) async throws {
        singles += 1
        switch target {
        case .contact(let id):
            if let found = try await budget.timed({ try await client.contact(id) }) {
                return try transact { try take(found, $0, isLooked: true) }
            }
            try await lookAfter(id)
        case .address(let email):
            let found = try await budget.timed { try await client.contact(email: email) }
            // A rehearsed write has taken the address from the contact that still has it there.
            if let found, !rehearsed.holds(found.id) {
                return try transact { try take(found, $0, isLooked: true) }
            }
            absent[email.lowercased()] = now()
            // Whoever was known by the address has another one by now, or is gone.
            var former: ContactID?
            try transact { former = try $0.projector.contacts.row(email: email)?.contact.id }
            if let former { try await look(at: .contact(former)) }
        }
    }

    /// A contact that is not found by its number: one odd answer is no proof that it is gone, so it is asked for by the
    /// address that it had.
    private func lookAfter(_ id: ContactID) async throws {
        held[id] = nil
        var email: String?
        try transact { email = try $0.projector.contacts.row(id)?.contact.email }
        guard let email else { return }
        var found: HappyFoxContact?
        if !email.isEmpty { found = try await budget.timed { try await client.contact(email: email) } }
        try transact { transaction in
            if found?.id != id { try transaction.append(.contactRemoved(.init(contact: id)), .contact(id)) }
            if let found { try take(found, transaction, isLooked: true) }
        }
    }

    /// Remembers a contact, and records it where it is not what was known.
    ///
    /// - Parameter isLooked: It was asked for by itself, and is kept in any case.
    func take(_ found: HappyFoxContact, _ transaction: Store.Transaction, isLooked: Bool) throws {
        if rehearsed.holds(found.id) { return }
        if isLooked || held.count < HelpDeskView.mostHeld { held[found.id] = (found, now()) }
        let known = try transaction.projector.contacts.row(found.id)?.contact
        let contact = try rehearsed.without(
            found.contact(fields, known: known), known, transaction.projector.contacts)
        guard contact != known else { return }
        try transaction.append(.contactRead(.init(contact: contact)), .contact(contact.id))
    }
}
