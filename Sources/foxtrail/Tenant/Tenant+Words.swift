import ContactSync
import Projections

extension Tenant {
    var status: String { isDeleted ? "deleted" : isActive ? "active" : "disabled" }

    /// Why it is not active, with Entra's number wherever there is one.
    var why: String? {
        if isDeleted { return nil }
        guard let reason, let aadsts, !reason.contains("AADSTS\(aadsts)") else { return reason }
        return "\(reason) (AADSTS\(aadsts))"
    }

    /// How it is signed in to.
    var signIn: String {
        let until = authorized.expiresAt.map { " until \(Expiry.day($0))" } ?? ""
        return switch authorized.signIn {
        case .clientSecret: "client secret" + until
        case .certificate: "certificate" + until
        case .delegated: "a person"
        }
    }

    var json: [(key: String, value: JSONValue)] {
        [
            ("id", .string(id.rawValue)), ("displayName", .string(authorized.displayName)), ("domain", .string(domain)),
            ("status", .string(status)), ("reason", JSONValue(reason)), ("advice", JSONValue(advice)),
            ("authorizedAt", Output.json(time: authorizedAt)), ("syncEnabled", .bool(settings.contactSync)),
            ("aadsts", JSONValue(aadsts.map(Int64.init))), ("signIn", .string(authorized.signIn.rawValue)),
            ("expiresAt", Output.json(time: authorized.expiresAt)), ("clientID", .string(authorized.clientID)),
        ]
    }
}
