internal import FoundationEssentials

/// Changes of a tenant, whether they come over HTTP or from a test in this process.
extension EntraService {
    func patchUser(_ name: String, _ values: [String: JSONValue], tenant: Int) throws {
        let values = try Self.checked(values)
        try withState { state in
            let index = try Self.find(name, .present, in: state.tenants[tenant].directory)
            try Self.checkName(values[.userPrincipalName], of: index, in: state.tenants[tenant])
            state.tenants[tenant].directory.patch(index, values)
        }
    }

    func addUser(_ values: [String: JSONValue], tenant: Int) throws -> Int {
        var values = try Self.checked(values)
        for property in [Property.displayName, .userPrincipalName] where values[property]?.text == nil {
            throw GraphError.badRequest("A value is required for property '\(property.name)' of resource 'User'.")
        }
        values[.userType] = values[.userType] ?? "Member"
        values[.accountEnabled] = values[.accountEnabled] ?? true
        values[.createdDateTime] = .string(Timestamp.iso(Date()) + "Z")
        let complete = values
        return try withState { state in
            try Self.checkName(complete[.userPrincipalName], of: nil, in: state.tenants[tenant])
            return state.tenants[tenant].directory.add(complete)
        }
    }

    /// The user can be restored.
    func removeUser(_ name: String, tenant: Int) throws {
        try move(name, from: .present, to: .softDeleted, tenant: tenant)
    }

    func restoreUser(_ name: String, tenant: Int) throws {
        try move(name, from: .softDeleted, to: .present, tenant: tenant)
    }

    /// Only a deleted user can be deleted for good.
    func purgeUser(_ name: String, tenant: Int) throws {
        try move(name, from: .softDeleted, to: .gone, tenant: tenant)
    }

    private func move(_ name: String, from: Change.Lifecycle, to: Change.Lifecycle, tenant: Int) throws {
        try withState { state in
            let index = try Self.find(name, from, in: state.tenants[tenant].directory)
            state.tenants[tenant].directory.move(index, to: to)
        }
    }

    private static func find(_ name: String, _ lifecycle: Change.Lifecycle, in directory: Directory) throws -> Int {
        guard let index = directory.index(of: name), (directory.changes[index]?.lifecycle ?? .present) == lifecycle
        else {
            throw GraphError.notFound(name)
        }
        return index
    }

    private static func checked(_ values: [String: JSONValue]) throws -> [Property: JSONValue] {
        var result: [Property: JSONValue] = [:]
        for (name, value) in values where !name.hasPrefix("@odata.") {
            guard let property = Property(named: name) else {
                throw GraphError.badRequest(
                    "One or more property values specified are invalid: there is no property '\(name)'.")
            }
            guard !property.isReadOnly else {
                throw GraphError.badRequest("Property '\(property.name)' is read-only and cannot be set.")
            }
            guard property.accepts(value) else {
                throw GraphError.badRequest(
                    "Invalid value specified for property '\(property.name)' of resource 'User'.")
            }
            // A password is accepted, but nothing here needs to know it.
            if property != .passwordProfile { result[property] = value }
        }
        return result
    }

    private static func checkName(_ name: JSONValue?, of index: Int?, in tenant: Tenant) throws {
        guard let name = name?.text else { return }
        let parts = name.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, tenant.hasVerified(parts[1]) else {
            throw GraphError.badRequest(
                "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization."
            )
        }
        guard let owner = tenant.directory.index(of: name), owner != index, tenant.directory.isPresent(owner) else {
            return
        }
        throw GraphError.badRequest("Another object with the same value for property userPrincipalName already exists.")
    }
}
