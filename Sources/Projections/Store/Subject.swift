package import ContactSync

/// What an event is about, in the pseudonymous words of the journal.
package enum Subject: Hashable, Sendable {
    case account, app, helpDesk, mail, journal
    case agent(Int64)
    case field(String)
    case tenant(TenantID)
    case user(UserKey)
    case contact(ContactID)
    case notice(Int64)
    /// How notices are delivered.
    case notices
    /// An address that notices went to, by its number.
    case address(Int64)

    package var text: String {
        switch self {
        case .account: "account"
        case .app: "app"
        case .helpDesk: "help-desk"
        case .mail: "mail"
        case .journal: "journal"
        case .agent(let number): "agent:\(number)"
        case .field(let name): "field:\(name)"
        case .tenant(let tenant): "tenant:\(tenant)"
        case .user(let user): "user:\(user.tenant)/\(user.objectID)"
        case .contact(let contact): "contact:\(contact)"
        case .notice(let number): "notice:\(number)"
        case .notices: "notices"
        case .address(let number): "address:\(number)"
        }
    }

    /// The contact that a subject names; nil for every other subject.
    static func contact(in text: String) -> ContactID? {
        text.hasPrefix("contact:") ? Int64(text.dropFirst(8)).map(ContactID.init(rawValue:)) : nil
    }

    /// The agent that a subject names; nil for every other subject.
    static func agent(in text: String) -> Int64? { text.hasPrefix("agent:") ? Int64(text.dropFirst(6)) : nil }

    /// The recipient of notices that a subject names; nil for every other subject.
    static func address(in text: String) -> Int64? { text.hasPrefix("address:") ? Int64(text.dropFirst(8)) : nil }

    /// The user that a subject names; nil for every other subject.
    package static func user(in text: String) -> UserKey? {
        guard text.hasPrefix("user:"), let slash = text.firstIndex(of: "/") else { return nil }
        let tenant = text[text.index(text.startIndex, offsetBy: 5)..<slash]
        return UserKey(tenant: TenantID(rawValue: String(tenant)), objectID: String(text[text.index(after: slash)...]))
    }
}
