extension GraphRoute {
    /// Writing is how a test changes the tenant; no fault counts it.
    var scopes: [Fault.Scope] {
        switch self {
        case .organization: [.data, .organization]
        case .users, .userCount, .user: [.data, .users]
        case .usersDelta: [.data, .delta]
        case .groups, .groupCount, .group: [.data, .groups]
        case .members: [.data, .members]
        case .addUser, .patchUser, .deleteUser, .restoreUser, .purgeUser, .addGroup, .patchGroup, .deleteGroup,
            .addMember, .removeMember, .nowhere:
            []
        }
    }

    var isDelta: Bool {
        if case .usersDelta = self { true } else { false }
    }

    /// The name under which requests are counted.
    var name: String {
        switch self {
        case .organization: "GET /v1.0/organization"
        case .users: "GET /v1.0/users"
        case .userCount: "GET /v1.0/users/$count"
        case .usersDelta: "GET /v1.0/users/delta"
        case .user: "GET /v1.0/users/{id}"
        case .addUser: "POST /v1.0/users"
        case .patchUser: "PATCH /v1.0/users/{id}"
        case .deleteUser: "DELETE /v1.0/users/{id}"
        case .restoreUser: "POST /v1.0/directory/deletedItems/{id}/restore"
        case .purgeUser: "DELETE /v1.0/directory/deletedItems/{id}"
        case .groups: "GET /v1.0/groups"
        case .groupCount: "GET /v1.0/groups/$count"
        case .group: "GET /v1.0/groups/{id}"
        case .addGroup: "POST /v1.0/groups"
        case .patchGroup: "PATCH /v1.0/groups/{id}"
        case .deleteGroup: "DELETE /v1.0/groups/{id}"
        case .members(let path): Self.name(of: path)
        case .addMember: "POST /v1.0/groups/{id}/members/$ref"
        case .removeMember: "DELETE /v1.0/groups/{id}/members/{id}/$ref"
        case .nowhere: "unknown"
        }
    }

    private static func name(of path: MemberList.Path) -> String {
        let cast = path.cast.map { "/microsoft.graph." + $0.type } ?? ""
        return "GET /v1.0/groups/{id}/" + (path.isTransitive ? "transitiveMembers" : "members") + cast
            + (path.isCount ? "/$count" : "")
    }
}
