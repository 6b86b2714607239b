/// A contact as it is kept: custom fields by id.
struct StoredContact: Sendable {
    var id: Int
    var name: String
    var email: String?
    var phones: [HappyFoxContact.Phone] = []
    var primaryPhone: Int?
    var values: [Int: FieldValue] = [:]
    var isLoginEnabled = true
    var groups: [Int] = []
    /// Those of the groups whose tickets the contact may see all.
    var ticketAccess: Set<Int> = []
    var tickets = 0
    var pendingTickets = 0
    var createdAt: Int64?
    var updatedAt: Int64?

    /// The one that was marked, or else the first.
    var primary: HappyFoxContact.Phone? {
        phones.first { $0.id == primaryPhone } ?? phones.first
    }
}

extension StoredContact {
    /// Puts what a person wrote in place of the contact; throws for an unknown field and for a value that is none.
    init(_ contact: HappyFoxContact, fields: [HappyFoxField]) throws {
        self.init(
            id: contact.id, name: contact.name, email: contact.email, phones: contact.phones,
            primaryPhone: contact.primaryPhone, isLoginEnabled: contact.isLoginEnabled, groups: contact.groups,
            ticketAccess: contact.ticketAccess, tickets: contact.tickets, pendingTickets: contact.pendingTickets,
            createdAt: contact.createdAt,
            updatedAt: contact.updatedAt)
        for (name, value) in contact.fields {
            guard let field = fields.first(where: { $0.name == name }) else {
                throw ValueRefusal(message: "there is no field '\(name)'")
            }
            values[field.id] = try field.value(named: value)
        }
    }

    func readable(fields: [HappyFoxField]) -> HappyFoxContact {
        var contact = HappyFoxContact(id: id, name: name, email: email, phones: phones)
        contact.primaryPhone = primaryPhone
        contact.isLoginEnabled = isLoginEnabled
        contact.groups = groups
        contact.ticketAccess = ticketAccess
        contact.tickets = tickets
        contact.pendingTickets = pendingTickets
        contact.createdAt = createdAt
        contact.updatedAt = updatedAt
        for field in fields {
            let value = field.readable(values[field.id])
            // Plain nil would be JSON's null.
            if value != .null { contact.fields[field.name] = value }
        }
        return contact
    }
}
