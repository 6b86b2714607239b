import FoundationEssentials

/// Takes what we log in with out of what a server says, which ends up in journals and on screens.
struct Redaction {
    private let secrets: [String]

    init(user: String?, password: String?) {
        let user = user ?? ""
        guard let password, !password.isEmpty else {
            secrets = []
            return
        }
        // As AUTH PLAIN and AUTH LOGIN carry them (RFC 4616; draft-murchison-sasl-login).
        let encoded = ["\0\(user)\0\(password)", password, user].map { Data($0.utf8).base64EncodedString() }
        secrets = (encoded + [password]).filter { !$0.isEmpty }.sorted { $0.utf8.count > $1.utf8.count }
    }

    func clean(_ text: String) -> String {
        let cleaned = secrets.reduce(text) { $0.replacing($1, with: "[hidden]") }
        return cleaned.count > 200 ? cleaned.prefix(199) + "…" : cleaned
    }
}
