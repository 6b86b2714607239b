extension RunningSimulator {
    /// Sets properties by their Graph names; null clears one. Throws what Graph would answer.
    package func patch(userAt index: Int, _ values: [String: JSONValue], tenant: Int = 0) throws {
        try patch(id: id(ofUserAt: index, tenant: tenant), values, tenant: tenant)
    }

    /// Sets properties of the user with that object id or user principal name.
    package func patch(id: String, _ values: [String: JSONValue], tenant: Int = 0) throws {
        try service.patchUser(id, values, tenant: tenant)
    }

    /// Deletes a user, restorably or for good.
    package func remove(_ id: String, permanently: Bool = false, tenant: Int = 0) throws {
        try service.removeUser(id, tenant: tenant)
        if permanently { try service.purgeUser(id, tenant: tenant) }
    }

    /// Deletes for good a user who was deleted restorably.
    package func purge(_ id: String, tenant: Int = 0) throws {
        try service.purgeUser(id, tenant: tenant)
    }

    /// Brings back a user that was deleted restorably.
    package func restore(_ id: String, tenant: Int = 0) throws {
        try service.restoreUser(id, tenant: tenant)
    }

    /// Adds a user and returns its object id. `displayName` and `userPrincipalName` are required.
    @discardableResult
    package func add(_ values: [String: JSONValue], tenant: Int = 0) throws -> String {
        let index = try service.addUser(values, tenant: tenant)
        return id(ofUserAt: index, tenant: tenant)
    }
}
