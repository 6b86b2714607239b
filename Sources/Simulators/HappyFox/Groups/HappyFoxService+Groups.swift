extension HappyFoxService {
    /// Every group, in no pages. KB 1092.
    func listGroups() -> Reply {
        .json(.array(withState { $0.groups }.map { .object([$0.taggedDomains, $0.number, $0.title, $0.text]) }))
    }

    /// The documented list of contacts is empty; here every element names a member.
    func oneGroup(_ id: String) throws -> Reply {
        try withState { state in
            guard let group = state.groups.first(where: { String($0.id) == id }) else {
                throw notFound("Contact group")
            }
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

extension HappyFoxGroup {
    fileprivate var taggedDomains: JSONValue.Member {
        .init("tagged_domains", .string(domains.joined(separator: ",")))
    }
    fileprivate var number: JSONValue.Member { .init("id", .integer(id)) }
    fileprivate var title: JSONValue.Member { .init("name", .string(name)) }
    fileprivate var text: JSONValue.Member { .init("description", .string(description)) }
}
