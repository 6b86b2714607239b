internal import ContactSync
internal import HTTP

/// The `claims` of a token request: what this client is capable of, and what Graph asked for.
///
/// learn.microsoft.com/entra/identity-platform/claims-challenge (2024-04).
enum TokenClaims {
    /// Declares that claims challenges are understood.
    private static let capability = JSONValue.object([(key: "values", value: .array([.string("cp1")]))])

    /// - Parameter challenge: What Graph asked for, nil where it asked for nothing.
    static func json(answering challenge: JSONValue? = nil) -> String {
        let asked = challenge?.members ?? []
        let token = (challenge?["access_token"]?.members ?? []).filter { $0.key != "xms_cc" }
        let merged = JSONValue.object(token + [(key: "xms_cc", value: capability)])
        let members = asked.filter { $0.key != "access_token" } + [(key: "access_token", value: merged)]
        return String(decoding: CanonicalJSON(.object(members)).bytes, as: UTF8.self)
    }
}

extension WebResponse {
    /// The claims that a new token must satisfy; nil where no `WWW-Authenticate` names any that can be read.
    var claimsChallenge: JSONValue? {
        for header in headers("WWW-Authenticate") {
            guard let start = header.firstRange(of: #"claims=""#)?.upperBound,
                let bytes = Base64URL.decode(header[start...].prefix { $0 != "\"" }),
                let json = try? JSONValue(parsing: bytes), json.members != nil
            else { continue }
            return json
        }
        return nil
    }
}
