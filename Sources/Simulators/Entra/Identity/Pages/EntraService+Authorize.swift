internal import FoundationEssentials

extension EntraService {
    /// `GET /{tenant}/oauth2/v2.0/authorize`: the page on which a person picks an account, or declines.
    func authorizePage(_ call: Call, tenant: String) -> Reply {
        let name = TenantName(tenant)
        do {
            let (request, choices) = try withState { (state) throws(TokenError) in
                (try AuthorizeRequest(call.query, tenant: name, in: state), Choice.all(at: name, in: state))
            }
            do { _ = try request.check(origin: call.origin) } catch {
                return refuse(error, request, call)
            }
            let raw = call.target.split(separator: "?", maxSplits: 1).last.map(String.init) ?? ""
            let asked = "<p>The application asks for: \(Page.escaped(call.query["scope"] ?? ""))</p>"
            let consent =
                "<p><label><input type=\"checkbox\" name=\"consent\" value=\"grant\"> "
                + "Consent on behalf of the organization (administrators)</label></p>"
            let form = Page.form(
                call.path, hidden: [("request", raw)],
                consent + Choice.buttons(Self.hinted(choices, call.query["login_hint"]))
                    + Page.button("decline", "1", "Cancel"))
            return Page("Sign in", asked + form).reply()
        } catch {
            return Page(error, for: call).reply(status: 400)
        }
    }

    /// The account that was hinted at comes first.
    private static func hinted(_ choices: [Choice], _ hint: String?) -> [Choice] {
        guard let hint, !hint.isEmpty else { return choices }
        return [Choice(value: hint, label: hint)] + choices.filter { !$0.label.hasPrefix(hint + ",") }
    }

    /// `POST` of that page: back to the application, with a code or with the reason why not.
    func signIn(_ call: Call, tenant: String, _ faults: [Fault]) -> Reply {
        let form = call.form
        let query = Fields(Substring(form["request"] ?? ""))
        let name = TenantName(tenant)
        do {
            let request = try withState { (state) throws(TokenError) in
                try AuthorizeRequest(query, tenant: name, in: state)
            }
            do {
                if let code = faults.first(where: { $0.kind == .aadsts })?.code { throw TokenError(code) }
                if form["decline"] != nil { throw TokenError(65004) }
                return try accept(request, form, call, faults)
            } catch let error as TokenError {
                return refuse(error, request, call)
            }
        } catch {
            let error = error as? TokenError ?? TokenError(90033)
            return Page(error, for: call).reply(status: 400)
        }
    }

    private func accept(
        _ request: AuthorizeRequest, _ form: Fields, _ call: Call, _ faults: [Fault]
    ) throws -> Reply {
        let scopes = try request.check(origin: call.origin)
        let acceptsPersonal = faults.contains { $0.kind == .personalAccount }
        let code = "1." + RandomText.make(60)
        let identity = try withState { (state) throws(TokenError) in
            let account = acceptsPersonal ? .personal : try state.account(form, at: request.tenant)
            if form["consent"] == "grant" {
                try state.consent(account, request.application, to: configuration.permissions)
            }
            let issued = request.code(for: account, scopes)
            _ = try state.granted(issued.session)
            state.signIns.codes[code] = issued
            return state.identity(of: issued.session)
        }
        var parameters = [("code", code), ("session_state", UUID().uuidString.lowercased())]
        if request.query["client_info"] == "1" { parameters.append(("client_info", identity.clientInfo)) }
        let isForged = faults.contains { $0.kind == .wrongState }
        return request.answer(parameters, state: isForged ? "forged" : request.query["state"])
    }

    private func refuse(_ error: TokenError, _ request: AuthorizeRequest, _ call: Call) -> Reply {
        // What the token endpoint calls an invalid grant is, on the way there, that access was denied.
        let name =
            error.error == "invalid_grant"
            ? (error.suberror == "consent_required" ? "consent_required" : "access_denied") : error.error
        return request.answer(
            [("error", name), ("error_description", error.description(for: call))], state: request.query["state"])
    }
}
