/// A tenant's directory id, a GUID in lower case.
package struct TenantID: RawRepresentable, Hashable, Codable, Sendable, Comparable, CustomStringConvertible {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package init(from decoder: any Decoder) throws { rawValue = try decoder.singleValueContainer().decode(String.self) }
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
    package var description: String { rawValue }
    package static func < (left: TenantID, right: TenantID) -> Bool { left.rawValue < right.rawValue }
}

/// Who a user is: never a mail or a name, which change hands.
package struct UserKey: Hashable, Codable, Sendable {
    package let tenant: TenantID
    package let objectID: String

    package init(tenant: TenantID, objectID: String) {
        self.tenant = tenant
        self.objectID = objectID
    }
}
