import ContactSync
import Projections

/// Mappings and the fields that they name, before and after a change of either.
enum MappingChange {
    /// Refuses what can never work, in the tenants' settings as they come to be. A fault that was there before must not
    /// keep anybody from changing something else.
    static func refuseFaults(
        _ tenants: [(tenant: Tenant, new: TenantSettings)], from old: [FieldDefinition], to fields: [FieldDefinition],
        on desk: HelpDesk
    ) throws {
        for (tenant, new) in tenants {
            let known = MappingCheck.faults(of: tenant.settings.mapping, fields: old)
            let faults = MappingCheck.faults(of: new.mapping, fields: fields).filter { fault in
                !known.contains { $0.isSame(as: fault) }
            }
            guard let first = faults.first else { continue }
            let removed = old.map(\.name).first { first.isUnknown($0) }
            throw Failure(
                .badInput,
                removed.map { "the field \($0) is mapped in the settings of \(tenant.domain)" } ?? first.message,
                [removed.map { unmap($0, tenant) } ?? first.hint(on: desk)]
                    + faults.dropFirst().map { "also: \($0.message)" })
        }
    }

    private static func unmap(_ field: String, _ tenant: Tenant) -> String {
        "leave it out of customFields in the same file, "
            + "or first: foxtrail settings set \"customFields.\(field)\" none --tenant \(tenant.domain)"
    }
}

extension MappingError {
    /// Whether both say the same of the same; which fields there are besides makes no difference.
    fileprivate func isSame(as other: MappingError) -> Bool {
        if case .unknownField(let field, _) = self { return other.isUnknown(field) }
        return self == other
    }

    fileprivate func isUnknown(_ name: String) -> Bool {
        if case .unknownField(name, _) = self { true } else { false }
    }
}
