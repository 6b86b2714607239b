/// What Graph is asked for.
enum GraphRoute: Sendable {
    case organization
    case users, userCount, usersDelta
    case user(String), addUser, patchUser(String), deleteUser(String), restoreUser(String), purgeUser(String)
    case groups, groupCount
    case group(String), addGroup, patchGroup(String), deleteGroup(String)
    case members(MemberList.Path)
    case addMember(group: String)
    case removeMember(group: String, member: String)
    case nowhere

    /// The spellings of the delta function that are documented or that SDKs send.
    private static let deltas: Set<String> = ["delta", "delta()", "microsoft.graph.delta", "microsoft.graph.delta()"]

    init?(_ method: String, _ parts: [String]) {
        let found =
            switch parts.first {
            case "organization" where method == "GET" && parts.count == 1: GraphRoute.organization
            case "users": Self.users(method, Array(parts.dropFirst()))
            case "groups": Self.groups(method, Array(parts.dropFirst()))
            case "directory": Self.directory(method, Array(parts.dropFirst()))
            default: nil as GraphRoute?
            }
        guard let found else { return nil }
        self = found
    }

    private static func users(_ method: String, _ parts: [String]) -> GraphRoute? {
        let last = parts.last ?? ""
        switch (method, parts.count) {
        case ("GET", 0): return .users
        case ("POST", 0): return .addUser
        case ("GET", 1) where deltas.contains(last): return .usersDelta
        case ("GET", 1) where last == "$count": return .userCount
        case ("GET", 1): return .user(last)
        case ("PATCH", 1): return .patchUser(last)
        case ("DELETE", 1): return .deleteUser(last)
        default: return nil
        }
    }

    private static func groups(_ method: String, _ parts: [String]) -> GraphRoute? {
        let last = parts.last ?? ""
        switch (method, parts.count) {
        case ("GET", 0): return .groups
        case ("POST", 0): return .addGroup
        case ("GET", 1) where last == "$count": return .groupCount
        case ("GET", 1): return .group(last)
        case ("PATCH", 1): return .patchGroup(last)
        case ("DELETE", 1): return .deleteGroup(last)
        case ("POST", 3) where parts[1] == "members" && last == "$ref": return .addMember(group: parts[0])
        case ("DELETE", 4) where parts[1] == "members" && last == "$ref":
            return .removeMember(group: parts[0], member: parts[2])
        case ("GET", 2...): return members(parts)
        default: return nil
        }
    }

    /// `members` or `transitiveMembers`, then perhaps a cast, then perhaps `$count`.
    private static func members(_ parts: [String]) -> GraphRoute? {
        guard ["members", "transitiveMembers"].contains(parts[1]) else { return nil }
        var rest = parts.dropFirst(2)
        let isCount = rest.last == "$count"
        if isCount { rest.removeLast() }
        let cast = rest.popFirst().map { $0.split(separator: ".").last.map(String.init) ?? "" }
        let kind = [MemberKey.Kind.user, .group, .device].first { $0.type == cast }
        guard rest.isEmpty, cast == nil || kind != nil else { return nil }
        return .members(
            .init(group: parts[0], isTransitive: parts[1] == "transitiveMembers", cast: kind, isCount: isCount))
    }

    private static func directory(_ method: String, _ parts: [String]) -> GraphRoute? {
        guard parts.first == "deletedItems", parts.count > 1 else { return nil }
        switch (method, parts.count) {
        case ("DELETE", 2): return .purgeUser(parts[1])
        case ("POST", 3) where parts[2] == "restore": return .restoreUser(parts[1])
        default: return nil
        }
    }
}
