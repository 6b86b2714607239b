/// A permission of Microsoft Graph, by its name; the same names exist for applications and for people (2.13).
package enum Permission: String, Sendable, Codable, CaseIterable {
    case userRead = "User.Read"
    case userReadAll = "User.Read.All"
    case userReadWriteAll = "User.ReadWrite.All"
    case groupMemberReadAll = "GroupMember.Read.All"
    case groupReadAll = "Group.Read.All"
    case memberReadHidden = "Member.Read.Hidden"
    case organizationReadAll = "Organization.Read.All"
    case directoryReadAll = "Directory.Read.All"
    case auditLogReadAll = "AuditLog.Read.All"

    /// Graph compares them without regard to case.
    init?(named name: some StringProtocol) {
        guard let found = Self.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) else {
            return nil
        }
        self = found
    }

    /// What the product needs, and no more.
    package static let least: Set<Permission> = [.userReadAll, .groupMemberReadAll, .organizationReadAll]
}

/// What has been agreed to for an application in a tenant.
struct Consent: Sendable, Equatable {
    /// As roles in app-only tokens.
    var application: Set<Permission> = []
    /// As scopes of tokens for a person.
    var delegated: Set<Permission> = []

    static func all(_ permissions: Set<Permission>) -> Consent {
        Consent(application: permissions, delegated: permissions.isEmpty ? [] : permissions.union([.userRead]))
    }
}

/// Who sends a request to Graph.
struct Caller: Sendable {
    let tenant: Int
    let permissions: Set<Permission>
    /// A token for a person carries scopes, another one roles.
    let isPerson: Bool

    func may(_ permission: Permission) -> Bool { permissions.contains(permission) }

    var mayReadUsers: Bool { !permissions.isDisjoint(with: [.userReadAll, .userReadWriteAll, .directoryReadAll]) }

    var mayReadGroups: Bool {
        !permissions.isDisjoint(with: [.groupMemberReadAll, .groupReadAll, .directoryReadAll])
    }

    var mayReadOrganization: Bool { !permissions.isDisjoint(with: [.organizationReadAll, .directoryReadAll]) }
}
