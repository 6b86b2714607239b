/// What it takes to write contacts as the API does.
struct ContactFormat: Sendable {
    let fields: [HappyFoxField]
    let groups: [HappyFoxGroup]
    let types: HappyFoxWireTypes
    let style: HappyFoxChoiceStyle
    let times: HappyFoxSimulator.TimeStyle

    /// List, detail and every answer to a write have the same object. KB 1092, with its order of members.
    func json(_ contact: StoredContact) -> JSONValue {
        [
            "name": .string(contact.name),
            "primary_phone": contact.primary.map(json) ?? .null,
            "phones": .array(contact.phones.map(json)),
            "created_at": time(contact.createdAt), "updated_at": time(contact.updatedAt),
            "pending_tickets_count": .integer(contact.pendingTickets),
            "contact_groups": .array(
                contact.groups.compactMap { id in groups.first { $0.id == id } }
                    .map { membership($0, contact.ticketAccess.contains($0.id)) }),
            "tickets_count": .integer(contact.tickets),
            "id": .integer(contact.id), "email": .optional(contact.email),
            "custom_fields": .array(fields.map { $0.entry(contact.values[$0.id], types, style) }),
        ]
    }

    /// Without `is_primary`, which is only ever written.
    private func json(_ phone: HappyFoxContact.Phone) -> JSONValue {
        ["type": .string(phone.type), "number": .string(phone.number), "id": .integer(phone.id)]
    }

    private func membership(_ group: HappyFoxGroup, _ seesAllTickets: Bool) -> JSONValue {
        [
            "tagged_domains": .string(group.domains.joined(separator: ",")),
            "access_all_tickets_in_group": .bool(seesAllTickets),
            "description": .string(group.description), "name": .string(group.name), "id": .integer(group.id),
        ]
    }

    /// In UTC in any case. KB 1092 has null only, the contact within a ticket of KB 1039 a space, KB 1201 a `T`.
    private func time(_ milliseconds: Int64?) -> JSONValue {
        guard let milliseconds else { return .null }
        let text = Timestamp.iso(seconds: Int(milliseconds / 1000))
        return switch times {
        case .spaced: .string("\(text.prefix(10)) \(text.suffix(8))")
        case .iso: .string(text + "Z")
        case .null: .null
        }
    }
}
