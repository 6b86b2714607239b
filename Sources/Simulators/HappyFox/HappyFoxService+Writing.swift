internal import FoundationEssentials

extension HappyFoxService {
    /// One contact or an array of them. KB 1092.
    func writeContacts(_ call: Call) throws -> Reply {
        let body = try PostedBody.read(call)
        // The clock is the caller's; it is not asked while the lock is held.
        let now = configuration.now()
        if case .array(let contacts) = body { return try writeMany(contacts, at: now) }
        return .json(
            try withState { state in
                let contact = try upserted(body, at: now, &state)
                return state.format(behaviour).json(contact)
            })
    }

    /// Adds a contact, or changes the one with that address. Custom fields that are not sent are cleared. KB 1092.
    private func upserted(
        _ json: JSONValue, at now: Int64, _ state: inout HappyFoxState
    ) throws(ValidationError) -> StoredContact {
        let found = json["email"]?.text.flatMap { state.contacts.find($0) }
        let rules = ContactChange.Rules(
            fields: state.fields, loginValues: behaviour.loginValues, resetsFields: true, phones: .accepted,
            resetsPhoneType: behaviour.resetsPhoneType)
        let change = try ContactChange(json, of: found, rules)
        var contact = found ?? StoredContact(id: 0, name: "", createdAt: now)
        contact.apply(change, lastPhoneID: state.contacts.lastPhoneID)
        contact.updatedAt = now
        if found == nil { contact.groups = state.groups(for: contact.email) }
        return state.contacts.put(contact)
    }

    /// A hundred at most; each succeeds or fails alone. KB 1092. What more than a hundred come to is documented nowhere.
    private func writeMany(_ contacts: [JSONValue], at now: Int64) throws -> Reply {
        guard contacts.count <= 100 else {
            throw HappyFoxError(behaviour.validationStatus, "A maximum of 100 contacts can be sent at once.")
        }
        var results = withState { state in contacts.map { result(of: $0, at: now, &state) } }
        if let omitted = behaviour.omitsBulkResult, omitted > 0 {
            results = results.enumerated().filter { ($0.offset + 1) % omitted != 0 }.map(\.element)
        }
        return .json(.array(behaviour.shufflesBulkResults ? Self.shuffled(results) : results))
    }

    private func result(of json: JSONValue, at now: Int64, _ state: inout HappyFoxState) -> JSONValue {
        do throws(ValidationError) {
            let contact = try upserted(json, at: now, &state)
            return ["email": .optional(contact.email), "success": true, "id": .integer(contact.id)]
        } catch {
            let email = json["email"].map { [JSONValue.Member("email", $0)] } ?? []
            return .object(
                email + [
                    .init("success", false), .init(behaviour.bulkErrorKey.rawValue, error.json(behaviour.errorShape)),
                ])
        }
    }

    /// Never the order in which they were sent, and the same every time.
    private static func shuffled(_ results: [JSONValue]) -> [JSONValue] {
        let odd = results.indices.filter { $0 % 2 == 1 }.map { results[$0] }
        let even = results.indices.filter { $0 % 2 == 0 }.map { results[$0] }
        return odd.reversed() + even
    }

    /// Changes one contact, which may get another address. KB 1092.
    func editContact(_ name: String, _ call: Call) throws -> JSONValue {
        let json = try PostedBody.read(call)
        let now = configuration.now()
        return try withState { state in
            guard var contact = state.contacts.named(name) else { throw notFound("Contact") }
            let rules = ContactChange.Rules(
                fields: state.fields, loginValues: behaviour.loginValues,
                resetsFields: behaviour.resetsFieldsOnEdit, phones: behaviour.phonesOnEdit,
                resetsPhoneType: behaviour.resetsPhoneType)
            let change = try ContactChange(json, of: contact, rules)
            if let email = change.email?.text, let other = state.contacts.find(email), other.id != contact.id,
                let status = behaviour.duplicateEmailStatus
            {
                let error = ValidationError(errors: [FieldError("email", "Contact with this email already exists.")])
                throw HappyFoxError(status, body: ["error": error.json(behaviour.errorShape)])
            }
            contact.apply(change, lastPhoneID: state.contacts.lastPhoneID)
            contact.updatedAt = now
            return state.format(behaviour).json(state.contacts.put(contact))
        }
    }
}

extension HappyFoxState {
    /// The groups that a new contact with that address joins by itself. KB 1092.
    func groups(for email: String?) -> [Int] {
        guard let domain = email?.split(separator: "@").last?.lowercased() else { return [] }
        return groups.filter { $0.domains.contains { $0.lowercased() == domain } }.map(\.id)
    }
}
