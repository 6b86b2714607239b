internal import FoundationEssentials

extension EntraService {
    /// What changes the tenant. The permissions that Graph wants for it are not asked for: this is how tests move things.
    func write(_ route: GraphRoute, _ call: Call, tenant: Int) throws -> Reply {
        switch route {
        case .addUser: return created(try addUser(try body(call), tenant: tenant), call, tenant: tenant)
        case .restoreUser(let name):
            try restoreUser(name, tenant: tenant)
            return try oneUser(name, call, tenant: tenant)
        case .addGroup:
            return try oneGroup(try addGroup(try body(call), tenant: tenant), call, tenant: tenant, status: 201)
        case .patchUser(let name): try patchUser(name, try body(call), tenant: tenant)
        case .deleteUser(let name): try removeUser(name, tenant: tenant)
        case .purgeUser(let name): try purgeUser(name, tenant: tenant)
        case .patchGroup(let id): try patchGroup(id, try body(call), tenant: tenant)
        case .deleteGroup(let id): try removeGroup(id, tenant: tenant)
        case .addMember(let group): try addMember(try reference(call), to: group, tenant: tenant)
        case .removeMember(let group, let member): try removeMember(member, from: group, tenant: tenant)
        case .organization, .users, .userCount, .usersDelta, .user, .groups, .groupCount, .group, .members, .nowhere:
            throw GraphError.noSuchPath
        }
        return Reply(status: 204)
    }

    private func body(_ call: Call) throws -> [String: JSONValue] {
        try JSONDecoder().decode([String: JSONValue].self, from: Data(call.body))
    }

    /// The last part of the address that `@odata.id` holds.
    private func reference(_ call: Call) throws -> String {
        guard let address = try body(call)["@odata.id"]?.text, let id = address.split(separator: "/").last else {
            throw GraphError.badRequest("The body must hold '@odata.id'.")
        }
        return String(id)
    }
}
