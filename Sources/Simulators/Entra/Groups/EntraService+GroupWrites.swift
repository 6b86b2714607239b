/// Changes of groups, whether they come over HTTP or from a test in this process.
extension EntraService {
    func addGroup(_ values: [String: JSONValue], tenant: Int) throws -> String {
        let values = try Self.checkedGroup(values)
        guard values["displayName"]?.text?.isEmpty == false else {
            throw GraphError.badRequest("A value is required for property 'displayName' of resource 'Group'.")
        }
        let defaults: [String: JSONValue] = [
            "mailEnabled": false, "securityEnabled": true, "createdDateTime": .string(Timestamp.now + "Z"),
        ]
        return withState { state in
            let index = state.tenants[tenant].groups.add(defaults.merging(values) { _, given in given })
            return state.tenants[tenant].groups.ids.text(of: index)
        }
    }

    func patchGroup(_ id: String, _ values: [String: JSONValue], tenant: Int) throws {
        let values = try Self.checkedGroup(values)
        try changeGroup(id, tenant) { group, _ in group.values.merge(values) { _, given in given } }
    }

    func removeGroup(_ id: String, tenant: Int) throws {
        try changeGroup(id, tenant) { group, _ in group.isDeleted = true }
    }

    func addMember(_ member: String, to group: String, tenant: Int) throws {
        try changeGroup(group, tenant) { group, state in
            let key = try Self.key(member, in: state)
            guard !group.members.contains(key) else {
                throw GraphError.badRequest(
                    "One or more added object references already exist for the following modified properties: 'members'."
                )
            }
            group.members.insert(key)
        }
    }

    func removeMember(_ member: String, from group: String, tenant: Int) throws {
        try changeGroup(group, tenant) { group, state in
            let key = try Self.key(member, in: state)
            guard group.members.contains(key) else { throw GraphError.notFound(member) }
            group.members.remove(key)
        }
    }

    private func changeGroup(
        _ id: String, _ tenant: Int, _ body: (inout Group, Tenant) throws -> Void
    ) throws {
        try withState { state in
            guard let index = state.tenants[tenant].groups.index(of: id) else { throw GraphError.notFound(id) }
            var group = state.tenants[tenant].groups.groups[index]
            try body(&group, state.tenants[tenant])
            state.tenants[tenant].groups.change(index) { $0 = group }
        }
    }

    /// A user, group or device of the tenant.
    private static func key(_ id: String, in tenant: Tenant) throws -> MemberKey {
        if let index = tenant.directory.index(of: id), tenant.directory.isPresent(index) {
            return MemberKey(.user, index)
        }
        if let index = tenant.groups.index(of: id) { return MemberKey(.group, index) }
        if let index = tenant.groups.deviceIDs.index(of: id) { return MemberKey(.device, index) }
        throw GraphError.notFound(id)
    }

    private static func checkedGroup(_ values: [String: JSONValue]) throws -> [String: JSONValue] {
        var result: [String: JSONValue] = [:]
        for (name, value) in values where !name.hasPrefix("@odata.") && !name.contains("@odata.bind") {
            guard let property = Group.property(named: name) else {
                throw GraphError.badRequest(
                    "One or more property values specified are invalid: there is no property '\(name)'.")
            }
            guard property != "id" else {
                throw GraphError.badRequest("Property 'id' is read-only and cannot be set.")
            }
            result[property] = value
        }
        return result
    }
}
