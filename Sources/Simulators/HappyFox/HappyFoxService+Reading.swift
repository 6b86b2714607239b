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
            var found =
                search.map { search in state.contacts.all.filter(search.matches).map(\.id) } ?? state.contacts.ids
            if behaviour.listsNewestFirst { found.reverse() }
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
}

extension ContactBook {
    /// By id or by address.
    func named(_ name: String) -> StoredContact? {
        name.contains("@") ? find(name) : Int(name).flatMap { self[$0] }
    }
}
