/// The first part of an authority's path (3.1).
enum TenantName: Sendable, Equatable {
    case common, organizations, consumers
    /// An id or a domain.
    case named(String)

    /// The tenant of personal accounts, whose id may stand for `consumers`.
    static let personal = "9188040d-6c67-4c5b-b112-36a304b66dad"

    init(_ text: String) {
        switch text.lowercased() {
        case "common": self = .common
        case "organizations": self = .organizations
        case "consumers", Self.personal: self = .consumers
        default: self = .named(text)
        }
    }

    var isShared: Bool {
        if case .named = self { false } else { true }
    }

    /// As the path spells it.
    var text: String {
        switch self {
        case .common: "common"
        case .organizations: "organizations"
        case .consumers: "consumers"
        case .named(let name): name
        }
    }

    var takesPersonalAccounts: Bool { self == .common || self == .consumers }
}
