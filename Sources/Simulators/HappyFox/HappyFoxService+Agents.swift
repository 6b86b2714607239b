/// What agents and administrators do in the portal, past the API and its limits.
extension HappyFoxService {
    /// Why the portal would not do it.
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    var readableContacts: [HappyFoxContact] {
        withState { state in state.contacts.all.map { $0.readable(fields: state.fields) } }
    }

    func addContact(_ contact: HappyFoxContact) throws -> HappyFoxContact {
        let now = configuration.now()
        return try withState { state in
            var stored = try stored(contact, state.fields)
            stored.createdAt = stored.createdAt ?? now
            stored.updatedAt = stored.updatedAt ?? stored.createdAt
            if stored.groups.isEmpty { stored.groups = state.groups(for: stored.email) }
            return state.contacts.put(stored).readable(fields: state.fields)
        }
    }

    func editContact(_ id: Int, _ change: (inout HappyFoxContact) throws -> Void) throws -> HappyFoxContact {
        let now = configuration.now()
        return try withState { state in
            guard var contact = state.contacts[id]?.readable(fields: state.fields) else {
                throw Refusal(description: "there is no contact \(id)")
            }
            try change(&contact)
            contact.id = id
            contact.updatedAt = now
            return state.contacts.put(try stored(contact, state.fields)).readable(fields: state.fields)
        }
    }

    func removeContact(_ id: Int) throws {
        guard withState({ $0.contacts.remove(id) }) else { throw Refusal(description: "there is no contact \(id)") }
    }

    func setFields(_ fields: [HappyFoxField]) {
        withState { state in
            state.fields = fields
            state.contacts.keepValues(of: Set(fields.map(\.id)))
        }
    }

    private func stored(_ contact: HappyFoxContact, _ fields: [HappyFoxField]) throws -> StoredContact {
        do { return try StoredContact(contact, fields: fields) } catch let error as ValueRefusal {
            throw Refusal(description: error.message)
        }
    }
}
