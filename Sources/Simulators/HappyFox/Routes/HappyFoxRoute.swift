/// Where a request goes. The tables in this folder are the only ones that look at paths.
enum HappyFoxRoute: Sendable {
    case staff
    case fields
    case contacts
    case writeContacts
    case contact(String)
    case editContact(String)
    case groups
    case group(String)
    case addGroup
    case editGroup(String)
    case addMembers(String)
    case removeMembers(String)
    case control(HappyFoxControlRoute)
    /// Below the API's root, but nothing that is simulated.
    case unknown
    case nowhere

    /// KB 1092: every path ends with a slash. What becomes of one that does not is documented nowhere; here it is not found.
    init(_ call: Call) {
        let parts = call.segments
        if parts.first == "simulator" {
            self = HappyFoxControlRoute(call.method, Array(parts.dropFirst())).map(Self.control) ?? .nowhere
        } else if parts.starts(with: ["api", "1.1", "json"]) {
            self = call.path.hasSuffix("/") ? Self.api(call.method, Array(parts.dropFirst(3))) : .unknown
        } else {
            self = .nowhere
        }
    }

    private static func api(_ method: String, _ parts: [String]) -> Self {
        switch (method, parts.first, parts.count) {
        case ("GET", "staff", 1): .staff
        case ("GET", "user_custom_fields", 1): .fields
        case ("GET", "users", 1): .contacts
        case ("POST", "users", 1): .writeContacts
        case ("GET", "user", 2): .contact(parts[1])
        case ("POST", "user", 2): .editContact(parts[1])
        case ("GET", "contact_groups", 1): .groups
        case ("GET", "contact_group", 2): .group(parts[1])
        case ("POST", "contact_groups", 1): .addGroup
        case ("POST", "contact_group", 2): .editGroup(parts[1])
        case ("POST", "contact_group", 3) where parts[2] == "update_contacts": .addMembers(parts[1])
        case ("POST", "contact_group", 3) where parts[2] == "delete_contacts": .removeMembers(parts[1])
        default: .unknown
        }
    }

    /// The name under which requests are counted.
    func name(_ method: String) -> String {
        switch self {
        case .staff: "GET staff"
        case .fields: "GET user_custom_fields"
        case .contacts: "GET users"
        case .writeContacts: "POST users"
        case .contact: "GET user"
        case .editContact: "POST user"
        case .groups: "GET contact_groups"
        case .group: "GET contact_group"
        case .addGroup: "POST contact_groups"
        case .editGroup: "POST contact_group"
        case .addMembers: "POST update_contacts"
        case .removeMembers: "POST delete_contacts"
        case .control: "simulator"
        case .unknown: "\(method) unknown"
        case .nowhere: "unknown"
        }
    }
}
