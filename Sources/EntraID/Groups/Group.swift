internal import ContactSync

/// A group of the tenant.
package struct Group: Sendable, Hashable {
    /// A GUID.
    package let id: String
    /// Not unique in a tenant; the id where it has none.
    package let displayName: String
    /// What the tenant wrote about it.
    package let description: String?

    static let select = "id,displayName,description"

    /// - Returns: Nil for JSON that is not a group.
    init?(_ json: JSONValue) {
        guard let id = json["id"]?.string else { return nil }
        self.id = id
        displayName = json["displayName"]?.string ?? id
        description = json["description"]?.string
    }
}

/// Which groups to list.
package enum GroupQuery: Sendable, Hashable {
    case all
    /// Words of the display name, anywhere in it.
    case search(String)
    /// Exactly this display name, without regard to case.
    case named(String)
}

/// Groups that were found.
package struct GroupList: Sendable {
    /// In Graph's order.
    package let groups: [Group]
    /// Whether these are all; a list ends at the limit that was asked for.
    package let isComplete: Bool
}
