extension HappyFoxService {
    /// A page of contacts: ten unless `size` says otherwise, fifty at most. KB 1092.
    func listContacts(_ call: Call) throws -> Reply {
        let asked = call.query["size"].flatMap { Int($0) } ?? 10
        if asked > 50, behaviour.largePages == .refused {
            throw HappyFoxError(behaviour.validationStatus, "The maximum size is 50.")
        }
        let size = asked < 1 ? 10 : min(asked, 50)
        let page = max(call.query["page"].flatMap { Int($0) } ?? 1, 1)
        let search = call.query["q"].map { ContactSearch($0) }
        let (format, contacts, total) = withState { state in
            let found = search.map { search in state.contacts.all.filter(search.matches).map(\.id) } ?? state.contacts.ids
            let start = page > found.count ? found.count : min((page - 1) * size, found.count)
            let ids = found[start..<min(start + size, found.count)]
            return (state.format(behaviour), ids.compactMap { state.contacts[$0] }, found.count)
        }
        let start = contacts.isEmpty ? 0 : (page - 1) * size + 1
        return .json([
            "page_info": [
                "count": .integer(contacts.count), "last_index": .integer(total),
                "page_count": .integer(max((total + size - 1) / size, 1)), "start_index": .integer(start),
                "end_index": .integer(contacts.isEmpty ? 0 : start + contacts.count - 1),
            ],
            "data": .array(contacts.map(format.json)),
        ])
    }

    func oneContact(_ name: String) throws -> JSONValue {
        try withState { state in
            guard let contact = state.contacts.named(name) else { throw notFound("Contact") }
            return state.format(behaviour).json(contact)
        }
    }

    func notFound(_ what: String) -> HappyFoxError {
        HappyFoxError(behaviour.notFoundStatus, "\(what) does not exist.")
    }

    func listGroups() -> Reply {
        .json(.array(withState { $0.groups }.map { .object([$0.taggedDomains, $0.number, $0.title, $0.text]) }))
    }

    /// The documented list of contacts is empty; here every element names a member.
    func oneGroup(_ id: String) throws -> Reply {
        try withState { state in
            guard let group = state.groups.first(where: { String($0.id) == id }) else { throw notFound("Contact group") }
            let members = state.contacts.all.filter { $0.groups.contains(group.id) }.map { contact -> JSONValue in
                ["id": .integer(contact.id), "name": .string(contact.name), "email": .optional(contact.email)]
            }
            return .json(
                .object([
                    group.taggedDomains, group.number, group.text, group.title, .init("contacts", .array(members)),
                ]))
        }
    }
}

extension ContactBook {
    /// By id or by address.
    func named(_ name: String) -> StoredContact? {
        name.contains("@") ? find(name) : Int(name).flatMap { self[$0] }
    }
}

extension HappyFoxGroup {
    fileprivate var taggedDomains: JSONValue.Member {
        .init("tagged_domains", .string(domains.joined(separator: ",")))
    }
    fileprivate var number: JSONValue.Member { .init("id", .integer(id)) }
    fileprivate var title: JSONValue.Member { .init("name", .string(name)) }
    fileprivate var text: JSONValue.Member { .init("description", .string(description)) }
}
