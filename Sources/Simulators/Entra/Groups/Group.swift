/// A group of a tenant.
struct Group: Sendable {
    /// By Graph name; what is missing is null, or empty where `collections` has the name.
    var values: [String: JSONValue]
    var members: Members
    var isDeleted = false

    /// In the order in which a group is written without `$select`.
    static let properties = [
        "id", "deletedDateTime", "classification", "createdDateTime", "creationOptions", "description", "displayName",
        "expirationDateTime", "groupTypes", "isAssignableToRole", "mail", "mailEnabled", "mailNickname",
        "membershipRule", "membershipRuleProcessingState", "onPremisesDomainName", "onPremisesLastSyncDateTime",
        "onPremisesNetBiosName", "onPremisesSamAccountName", "onPremisesSecurityIdentifier", "onPremisesSyncEnabled",
        "preferredDataLocation", "preferredLanguage", "proxyAddresses", "renewedDateTime", "resourceBehaviorOptions",
        "resourceProvisioningOptions", "securityEnabled", "securityIdentifier", "theme", "uniqueName", "visibility",
        "onPremisesProvisioningErrors", "serviceProvisioningErrors",
    ]

    private static let collections: Set = [
        "creationOptions", "groupTypes", "proxyAddresses", "resourceBehaviorOptions", "resourceProvisioningOptions",
        "onPremisesProvisioningErrors", "serviceProvisioningErrors",
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: properties.map { ($0.lowercased(), $0) })

    /// Graph's own spelling of a name, which clients may write in any case.
    static func property(named name: String) -> String? { byName[name.lowercased()] }

    func value(of property: String) -> JSONValue {
        values[property] ?? (Self.collections.contains(property) ? .array([]) : .null)
    }

    var displayName: String { values["displayName"]?.text ?? "" }

    /// Who belongs to it is told only to those who may read hidden members.
    var hidesMembers: Bool { values["visibility"] == "HiddenMembership" }
}
