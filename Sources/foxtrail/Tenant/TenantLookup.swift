import ArgumentParser
import ContactSync
import Projections

enum TenantLookup {
    static let help: ArgumentHelp = "The tenant's id or one of its domains; needed where there are several."

    /// By id or domain; with one tenant it may be left out.
    static func find(_ name: String?, in all: [Tenant], withDeleted: Bool = false) throws -> Tenant {
        let tenants = all.filter { !$0.isDeleted }
        guard let name else {
            if tenants.count == 1, let only = tenants.first { return only }
            throw Failure(
                tenants.isEmpty ? .configuration : .usage,
                tenants.isEmpty ? "no tenant is authorized" : "there are several tenants: name one",
                [tenants.isEmpty ? "foxtrail tenant authorize" : tenants.map(\.domain).joined(separator: ", ")])
        }
        if let tenant = tenants.first(where: { $0.isCalled(name) }) { return tenant }
        guard let deleted = all.first(where: { $0.isDeleted && $0.isCalled(name) }) else {
            throw Failure(.badInput, "no tenant \(name) is authorized", ["foxtrail tenant list shows the tenants"])
        }
        if withDeleted { return deleted }
        throw Failure(.badInput, "the tenant \(name) was deleted", ["foxtrail tenant authorize lets it begin anew"])
    }
}

extension Tenant {
    func isCalled(_ name: String) -> Bool {
        let name = name.lowercased()
        return id.rawValue == name || authorized.domains.contains { $0.lowercased() == name }
    }
}
