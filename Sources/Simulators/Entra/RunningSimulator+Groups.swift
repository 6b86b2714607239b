extension RunningSimulator {
    /// The object ids of all groups of that name; names are not unique.
    package func groups(named name: String, tenant: Int = 0) -> [String] {
        let directory = service.groupDirectory(tenant)
        return directory.present.filter { directory.groups[$0].displayName == name }.map { directory.ids.text(of: $0) }
    }

    /// Adds a security group with these users, groups or devices and returns its object id.
    @discardableResult
    package func addGroup(_ name: String, members: [String] = [], tenant: Int = 0) throws -> String {
        let id = try service.addGroup(["displayName": .string(name)], tenant: tenant)
        for member in members { try service.addMember(member, to: id, tenant: tenant) }
        return id
    }

    /// Sets properties by their Graph names. Throws what Graph would answer.
    package func patchGroup(_ id: String, _ values: [String: JSONValue], tenant: Int = 0) throws {
        try service.patchGroup(id, values, tenant: tenant)
    }

    /// Deletes a group.
    package func removeGroup(_ id: String, tenant: Int = 0) throws {
        try service.removeGroup(id, tenant: tenant)
    }

    /// Makes a user, group or device a direct member.
    package func addMember(_ member: String, to group: String, tenant: Int = 0) throws {
        try service.addMember(member, to: group, tenant: tenant)
    }

    /// Ends a direct membership.
    package func removeMember(_ member: String, from group: String, tenant: Int = 0) throws {
        try service.removeMember(member, from: group, tenant: tenant)
    }

    /// The object ids of the users in a group, through nested groups.
    package func users(inGroup id: String, tenant: Int = 0) -> Set<String> {
        let (groups, directory) = service.withState { ($0.tenants[tenant].groups, $0.tenants[tenant].directory) }
        guard let index = groups.index(of: id) else { return [] }
        let members = groups.members(of: index, transitively: true, in: directory)
        return Set(
            members.filter { $0.kind == .user && directory.isPresent($0.index) }
                .map { directory.roster.ids.text(of: $0.index) })
    }
}
