extension HappyFoxService {
    /// A new group; its name must be new as well. KB 1092.
    func addGroup(_ call: Call) throws -> Reply {
        let json = try PostedBody.read(call)
        guard let name = json["name"]?.text, !name.isEmpty else { throw ValidationError(errors: [.required("name")]) }
        let id = try withState { state in
            if state.groups.contains(where: { $0.name == name }) {
                throw ValidationError(errors: [FieldError("name", "Contact group with this name already exists.")])
            }
            var group = HappyFoxGroup(id: (state.groups.map(\.id).max() ?? 0) + 1, name: name)
            group.change(json)
            state.groups.append(group)
            return group.id
        }
        return try oneGroup(String(id))
    }

    /// Another description or other domains; a group keeps its name. KB 1092.
    func editGroup(_ id: String, _ call: Call) throws -> Reply {
        let json = try PostedBody.read(call)
        try withState { state in
            let index = try groupIndex(id, state)
            state.groups[index].change(json)
        }
        return try oneGroup(id)
    }

    /// A hundred contacts at most; each is added or refused alone. KB 1092.
    func addMembers(_ id: String, _ call: Call) throws -> Reply {
        guard case .array(let entries) = try PostedBody.read(call), entries.count <= 100 else {
            throw HappyFoxError(behaviour.validationStatus, "Send a list of at most 100 contacts.")
        }
        let results = try withState { state in
            let group = state.groups[try groupIndex(id, state)].id
            return entries.map { added($0, to: group, &state) }
        }
        return .json(.array(results))
    }

    private func added(_ entry: JSONValue, to group: Int, _ state: inout HappyFoxState) -> JSONValue {
        guard var contact = entry["contact"]?.wholeNumber.flatMap({ state.contacts[$0] }) else {
            let error = FieldError("contact", ValueRefusal.choice)
            return ["errors": [error.json], "success": false]
        }
        let seesAllTickets = entry["access_tickets"] == true
        if !contact.groups.contains(group) { contact.groups.append(group) }
        if seesAllTickets { contact.ticketAccess.insert(group) } else { contact.ticketAccess.remove(group) }
        state.contacts.put(contact)
        return [
            "data": ["access_tickets": .bool(seesAllTickets), "contact": .integer(contact.id)], "success": true,
        ]
    }

    /// Each contact is removed or refused alone. KB 1092.
    func removeMembers(_ id: String, _ call: Call) throws -> Reply {
        guard case .array(let ids)? = try PostedBody.read(call)["contacts"] else {
            throw ValidationError(errors: [.required("contacts")])
        }
        let results = try withState { state in
            let group = state.groups[try groupIndex(id, state)].id
            return ids.map { removed($0, from: group, &state) }
        }
        return .json(.array(results))
    }

    private func removed(_ id: JSONValue, from group: Int, _ state: inout HappyFoxState) -> JSONValue {
        func result(_ message: JSONValue, _ success: Bool) -> JSONValue {
            ["data": ["message": message, "contact": id], "success": .bool(success)]
        }
        guard var contact = id.wholeNumber.flatMap({ state.contacts[$0] }) else {
            return result("Contact does not exist", false)
        }
        guard contact.groups.contains(group) else { return result("Contact not part of the contact group", false) }
        contact.groups.removeAll { $0 == group }
        contact.ticketAccess.remove(group)
        state.contacts.put(contact)
        return result("Successfully removed contact from group", true)
    }

    private func groupIndex(_ id: String, _ state: HappyFoxState) throws(HappyFoxError) -> Int {
        guard let index = state.groups.firstIndex(where: { String($0.id) == id }) else {
            throw notFound("Contact group")
        }
        return index
    }
}

extension HappyFoxGroup {
    /// KB 1092 calls `tagged_domains` a list and shows a text with commas.
    fileprivate mutating func change(_ json: JSONValue) {
        if let text = json["description"]?.text { description = text }
        switch json["tagged_domains"] {
        case .string(let text): domains = text.split(separator: ",").map { String($0.drop { $0 == " " }) }
        case .array(let texts): domains = texts.compactMap(\.text)
        default: break
        }
    }
}
