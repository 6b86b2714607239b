extension RunningSimulator {
    /// Sets properties by their Graph names; null clears one. Throws what Graph would answer.
    package func patch(userAt index: Int, _ values: [String: JSONValue]) throws {
        try patch(id: id(ofUserAt: index), values)
    }

    /// Sets properties of the user with that object id or user principal name.
    package func patch(id: String, _ values: [String: JSONValue]) throws {
        try service.patchUser(id, values, tenant: 0)
    }

    /// Deletes a user, restorably or for good.
    package func remove(_ id: String, permanently: Bool = false) throws {
        try service.removeUser(id, tenant: 0)
        if permanently { try service.purgeUser(id, tenant: 0) }
    }

    /// Brings back a user that was deleted restorably.
    package func restore(_ id: String) throws {
        try service.restoreUser(id, tenant: 0)
    }

    /// Adds a user and returns its object id. `displayName` and `userPrincipalName` are required.
    @discardableResult
    package func add(_ values: [String: JSONValue]) throws -> String {
        let index = try service.addUser(values, tenant: 0)
        return id(ofUserAt: index)
    }
}
