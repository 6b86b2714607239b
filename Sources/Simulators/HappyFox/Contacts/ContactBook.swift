/// The contacts of an account. Only the state owns one: a copy that is kept would make every change copy all contacts.
struct ContactBook: Sendable {
    private var contacts: [Int: StoredContact] = [:]
    /// Ascending, which is the order of lists; the real one is documented nowhere.
    private(set) var ids: [Int] = []
    private var byEmail: [String: [Int]] = [:]
    private var lastID = 0
    private(set) var lastPhoneID = 0
    /// KB 1092 does not say whether `Ann@` and `ann@` are the same contact.
    private let matchesCase: Bool

    init(matchesCase: Bool) {
        self.matchesCase = matchesCase
    }

    subscript(_ id: Int) -> StoredContact? { contacts[id] }

    var all: [StoredContact] { ids.compactMap { contacts[$0] } }

    /// The oldest contact with that address.
    func find(_ email: String) -> StoredContact? {
        byEmail[key(email)]?.min().flatMap { contacts[$0] }
    }

    /// Keeps a new contact or a changed one; numbers without an id get one.
    @discardableResult
    mutating func put(_ contact: StoredContact) -> StoredContact {
        var contact = contact
        if contact.id == 0 { contact.id = lastID + 1 }
        for index in contact.phones.indices {
            if contact.phones[index].id == 0 { contact.phones[index].id = lastPhoneID + 1 }
            lastPhoneID = max(lastPhoneID, contact.phones[index].id)
        }
        unindex(contacts[contact.id])
        if contacts[contact.id] == nil { insert(contact.id) }
        contacts[contact.id] = contact
        if let email = contact.email { byEmail[key(email), default: []].append(contact.id) }
        return contact
    }

    mutating func remove(_ id: Int) -> Bool {
        guard let contact = contacts[id] else { return false }
        unindex(contact)
        contacts[id] = nil
        ids.removeAll { $0 == id }
        return true
    }

    /// Forgets what contacts have in fields that are no more.
    mutating func keepValues(of fields: Set<Int>) {
        for id in ids {
            let kept = contacts[id]?.values.filter { fields.contains($0.key) }
            contacts[id]?.values = kept ?? [:]
        }
    }

    private mutating func insert(_ id: Int) {
        lastID = max(lastID, id)
        let place = ids.last.map { $0 < id } != false ? ids.endIndex : ids.firstIndex { $0 > id } ?? ids.endIndex
        ids.insert(id, at: place)
    }

    private mutating func unindex(_ contact: StoredContact?) {
        guard let contact, let email = contact.email else { return }
        byEmail[key(email)]?.removeAll { $0 == contact.id }
    }

    private func key(_ email: String) -> String { matchesCase ? email : email.lowercased() }
}
