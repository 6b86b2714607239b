/// Where a request goes. One table, so that nothing else has to look at paths.
enum Route: Sendable {
    case token(tenant: String)
    case openIDConfiguration(tenant: String)
    case keys(tenant: String)
    case organization
    case users
    case userCount
    case usersDelta
    case user(String)
    case addUser
    case patchUser(String)
    case deleteUser(String)
    case restoreUser(String)
    case purgeUser(String)
    case simulator
    case simulatedRequests
    case setFaults
    case nowhere

    /// The spellings of the delta function that are documented or that SDKs send.
    private static let deltas: Set<String> = ["delta", "delta()", "microsoft.graph.delta", "microsoft.graph.delta()"]

    init(_ call: Call) {
        let parts = call.segments
        let last = parts.last ?? ""
        self =
            switch (call.method, parts.count, parts.first ?? "") {
            case ("GET", 1, "simulator"): .simulator
            case ("GET", 2, "simulator") where last == "requests": .simulatedRequests
            case ("PUT", 2, "simulator") where last == "faults": .setFaults
            case (_, _, "v1.0"): Self.graph(call.method, Array(parts.dropFirst()))
            case ("POST", 4, let tenant) where parts.dropFirst() == ["oauth2", "v2.0", "token"]: .token(tenant: tenant)
            case ("GET", 4, let tenant) where parts.dropFirst() == ["v2.0", ".well-known", "openid-configuration"]:
                .openIDConfiguration(tenant: tenant)
            case ("GET", 4, let tenant) where parts.dropFirst() == ["discovery", "v2.0", "keys"]: .keys(tenant: tenant)
            default: .nowhere
            }
    }

    private static func graph(_ method: String, _ parts: [String]) -> Route {
        let last = parts.last ?? ""
        switch (method, parts.count, parts.first ?? "") {
        case ("GET", 1, "organization"): return .organization
        case ("GET", 1, "users"): return .users
        case ("POST", 1, "users"): return .addUser
        case ("GET", 2, "users") where deltas.contains(last): return .usersDelta
        case ("GET", 2, "users") where last == "$count": return .userCount
        case ("GET", 2, "users"): return .user(last)
        case ("PATCH", 2, "users"): return .patchUser(last)
        case ("DELETE", 2, "users"): return .deleteUser(last)
        case ("DELETE", 3, "directory") where parts[1] == "deletedItems": return .purgeUser(last)
        case ("POST", 4, "directory") where parts[1] == "deletedItems" && last == "restore":
            return .restoreUser(parts[2])
        default: return .nowhere
        }
    }

    /// Which faults count the request.
    var scope: Fault.Scope? {
        switch self {
        case .token: .token
        case .organization, .users, .userCount, .usersDelta, .user: .data
        case .openIDConfiguration, .keys, .addUser, .patchUser, .deleteUser, .restoreUser, .purgeUser, .simulator,
            .simulatedRequests, .setFaults, .nowhere:
            nil
        }
    }

    /// The name under which requests are counted.
    var name: String {
        switch self {
        case .token: "POST /{tenant}/oauth2/v2.0/token"
        case .openIDConfiguration: "GET /{tenant}/v2.0/.well-known/openid-configuration"
        case .keys: "GET /{tenant}/discovery/v2.0/keys"
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
        case .simulator, .simulatedRequests, .setFaults: "simulator"
        case .nowhere: "unknown"
        }
    }
}
