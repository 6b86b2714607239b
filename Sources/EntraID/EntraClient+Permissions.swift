internal import HTTP

extension EntraClient {
    /// Gets a token, and nothing with it: whether the sign-in service still lets us in.
    package func confirmAuthorization() async throws { _ = try await tokens.token() }

    /// The permissions that the token lacks, found by one cheap request for each: tokens of Graph are opaque to its
    /// clients (learn.microsoft.com/entra/identity-platform/access-tokens).
    package func missingPermissions() async throws -> [String] {
        var missing: [String] = []
        for permission in Scopes.permissions where try await lacks(permission) { missing.append(permission) }
        return missing
    }

    private func lacks(_ permission: String) async throws -> Bool {
        let path =
            switch permission {
            // More than a name: basic profiles can be read with less.
            case "User.Read.All": "users?$select=id,accountEnabled&$top=1"
            case "GroupMember.Read.All": "groups?$select=id&$top=1"
            default: "organization?$select=id"
            }
        do {
            return try await get("\(endpoints.graph)/v1.0/\(path)", permission: permission) { _ in .value(false) }
        } catch let error as EntraError where error.kind == .permissionMissing {
            return true
        }
    }
}
