internal import FoundationEssentials

/// The query of `GET /{tenant}/oauth2/v2.0/authorize` (3.2).
struct AuthorizeRequest: Sendable {
    enum Mode: String, Sendable {
        case query, fragment
        case formPost = "form_post"
    }

    let tenant: TenantName
    let application: Int
    let redirect: String
    let mode: Mode
    let query: Fields

    /// What is wrong here is shown to the person: the address to send it to cannot be trusted.
    init(_ query: Fields, tenant: TenantName, in state: EntraState) throws(TokenError) {
        guard let clientID = query["client_id"] else { throw .missing("client_id") }
        guard let redirect = query["redirect_uri"] else { throw .missing("redirect_uri") }
        application = try state.application(clientID, at: tenant)
        guard state.applications[application].isRegistered(redirect) else {
            throw TokenError(
                50011, "The redirect URI '\(redirect)' is not one of those configured for the application.")
        }
        self.tenant = tenant
        self.redirect = redirect
        self.query = query
        mode = query["response_mode"].flatMap(Mode.init) ?? .query
    }

    /// What is wrong here is told to the client.
    func check(origin: String) throws(TokenError) -> Scopes {
        guard query["response_type"] == "code" else {
            throw TokenError(
                status: 400, error: "unsupported_response_type", code: 700_051,
                message: "The response type is not enabled for the application.")
        }
        guard let scope = query["scope"] else { throw .missing("scope") }
        if query["prompt"] == "none" { throw TokenError(50058) }
        guard ["", "s256", "plain"].contains(query["code_challenge_method"]?.lowercased() ?? "") else {
            throw TokenError(501_481, "The code_challenge_method is not supported.")
        }
        return try Scopes(scope, origin: origin)
    }

    /// Without a method the challenge is plain.
    var isPlain: Bool { query["code_challenge_method"]?.lowercased() != "s256" }

    func code(for account: Account, _ scopes: Scopes) -> AuthorizationCode {
        AuthorizationCode(
            session: Session(application: application, account: account, scopes: scopes, nonce: query["nonce"]),
            redirect: redirect, challenge: query["code_challenge"], isPlain: isPlain,
            expiry: Date(timeIntervalSinceNow: SignIns.codeLifetime))
    }

    /// Sends the person back with these parameters.
    func answer(_ parameters: [(String, String)], state: String?) -> Reply {
        let all = parameters + (state.map { [("state", $0)] } ?? [])
        let pairs = all.map { "\($0.0)=\(Fields.encoded($0.1))" }.joined(separator: "&")
        switch mode {
        case .query: return Self.redirect(to: address + (address.contains("?") ? "&" : "?") + pairs)
        case .fragment: return Self.redirect(to: address + "#" + pairs)
        case .formPost:
            let form = Page.form(redirect, hidden: all, "<button>Continue</button>")
            return Page("Working...", form + "<script>document.forms[0].submit()</script>").reply()
        }
    }

    /// An address without a path gets one in a redirect (3.2).
    private var address: String {
        redirect.filter { $0 == "/" }.count > 2 ? redirect : redirect + "/"
    }

    static func redirect(to address: String) -> Reply {
        Reply(status: 302, headers: [("Location", address), ("Cache-Control", "no-store")])
    }
}
