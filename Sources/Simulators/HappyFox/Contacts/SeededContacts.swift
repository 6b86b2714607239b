/// Contacts that were there before any sync: made by tickets and by agents, who have written more into them than any
/// directory knows. Every second one is a user of the simulated Entra tenant of the same seed.
struct SeededContacts {
    let count: Int
    let fields: [HappyFoxField]
    let groups: [HappyFoxGroup]
    let now: Int64
    private let roster: Roster

    init(_ configuration: HappyFoxSimulator.Configuration, fields: [HappyFoxField]) {
        let tenant = EntraSimulator.Configuration()
        count = configuration.contacts
        self.fields = fields
        groups = configuration.groups
        now = configuration.now()
        roster = Roster(
            seed: configuration.seed, count: max(count, 0), clean: true, domain: tenant.defaultDomain,
            initialDomain: tenant.initialDomain, companyName: tenant.displayName)
    }

    var all: [StoredContact] { (0..<max(count, 0)).map(contact) }

    private func contact(_ index: Int) -> StoredContact {
        let person = Person(index, in: roster)
        // Only a contact with a telephone number can do without an address. KB 1092.
        let email =
            index % 10 == 7 ? nil : index % 2 == 0 ? person.principalName : person.localPart + "@customer.example"
        var contact = StoredContact(id: index + 1, name: person.displayName, email: email)
        contact.phones = phones(of: person, index)
        contact.values = values(index)
        contact.isLoginEnabled = index % 9 != 4
        contact.tickets = index % 4
        contact.pendingTickets = contact.tickets / 2
        // Contacts of old have no times.
        contact.createdAt = index % 4 == 3 ? nil : now - Int64(count - index) * 86_400_000
        contact.updatedAt = contact.createdAt
        return contact
    }

    /// None, one, or several of which two are of one type.
    private func phones(of person: Person, _ index: Int) -> [HappyFoxContact.Phone] {
        let work = HappyFoxContact.Phone(type: "w", number: person.phone(.phone))
        let mobile = HappyFoxContact.Phone(type: "mo", number: person.phone(.mobile))
        let extra = HappyFoxContact.Phone(type: "w", number: person.phone(.phone) + " 22")
        switch index % 10 {
        case 1, 4, 8: return []
        case 2, 7: return [mobile]
        case 5: return [work, extra, mobile]
        default: return [work]
        }
    }

    /// What agents have filled in, as far as the account has the standard fields.
    private func values(_ index: Int) -> [Int: FieldValue] {
        var values: [Int: FieldValue] = [:]
        func set(_ name: String, _ value: JSONValue) {
            guard let field = fields.first(where: { $0.name == name }) else { return }
            values[field.id] = try? field.value(named: value)
        }
        if index % 2 == 0 { set("Badge", .string("B-\(1000 + index)")) }
        if index % 3 == 0 { set("Region", ["EMEA", "APAC", "Americas"][index % 9 / 3]) }
        if index % 5 == 0 { set("Languages", index % 2 == 0 ? ["English", "French"] : ["German"]) }
        if index % 6 == 1 { set("Department", "Customer") }
        if index % 7 == 3 { set("Favourite colour", "#3366cc") }
        return values
    }
}
