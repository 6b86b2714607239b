extension EntraService {
    /// `GET /{tenant}/v2.0/adminconsent`, or without `v2.0` and `scope` as in the first version (3.5).
    func adminConsentPage(_ call: Call, tenant: String, version: Int) -> Reply {
        do {
            let request = try consentRequest(call.query, TenantName(tenant), version)
            let admins = withState { state in
                state.tenants.indices.filter {
                    request.tenant.isShared || state.tenants[$0].isNamed(request.tenant.text)
                }
                .map { index in (state.tenants[index].id, state.tenants[index].displayName) }
            }
            let raw = call.target.split(separator: "?", maxSplits: 1).last.map(String.init) ?? ""
            let names = configuration.permissions.map(\.rawValue).sorted().joined(separator: ", ")
            let buttons = admins.map { Page.button("tenant", $0.0, "Accept as administrator of \($0.1)") }
            return Page(
                "Permissions requested: review for your organization",
                "<p>\(Page.escaped(names))</p>"
                    + Page.form(
                        call.path, hidden: [("request", raw)],
                        buttons.joined() + Page.button("decline", "1", "Cancel"))
            ).reply()
        } catch {
            return Page(error, for: call).reply(status: 400)
        }
    }

    /// `POST` of that page.
    func decideConsent(_ call: Call, tenant: String, version: Int) -> Reply {
        let form = call.form
        do {
            let request = try consentRequest(Fields(Substring(form["request"] ?? "")), TenantName(tenant), version)
            guard form["decline"] == nil else { return request.declined(call) }
            let name = form["tenant"] ?? request.tenant.text
            let id = try withState { (state) throws(TokenError) in
                guard let index = state.tenants.firstIndex(where: { $0.isNamed(name) }) else {
                    throw TokenError.unknownTenant(name)
                }
                state.tenants[index].consents[request.application] = .all(configuration.permissions)
                return state.tenants[index].id
            }
            return request.granted(tenantID: id)
        } catch {
            return Page(error, for: call).reply(status: 400)
        }
    }

    private func consentRequest(
        _ query: Fields, _ tenant: TenantName, _ version: Int
    ) throws(TokenError) -> ConsentRequest {
        try withState { (state) throws(TokenError) in
            try ConsentRequest(query, tenant: tenant, version: version, in: state)
        }
    }
}

/// What an administrator is asked for, and where the answer goes.
private struct ConsentRequest: Sendable {
    let tenant: TenantName
    let application: Int
    let redirect: String
    let state: String?
    /// Nil in the first version.
    let scope: String?

    init(_ query: Fields, tenant: TenantName, version: Int, in all: EntraState) throws(TokenError) {
        guard let clientID = query["client_id"] else { throw .missing("client_id") }
        guard let redirect = query["redirect_uri"] else { throw .missing("redirect_uri") }
        if version == 2, query["scope"] == nil { throw .missing("scope") }
        guard tenant != .consumers else { throw TokenError(9_002_332) }
        application = try all.application(clientID, at: tenant)
        guard all.applications[application].isRegistered(redirect) else { throw TokenError(50011) }
        self.tenant = tenant
        self.redirect = redirect
        state = query["state"]
        scope = version == 2 ? query["scope"] : nil
    }

    func granted(tenantID: String) -> Reply {
        answer([("admin_consent", "True"), ("tenant", tenantID)] + (scope.map { [("scope", $0)] } ?? []))
    }

    /// The second version says `admin_consent=True` even then, and the two versions name the error differently.
    func declined(_ call: Call) -> Reply {
        let description = TokenError(65004).description(for: call)
        let error = scope == nil ? "permission_denied" : "consent_required"
        return answer([("error", error), ("error_description", description), ("admin_consent", "True")])
    }

    private func answer(_ parameters: [(String, String)]) -> Reply {
        let all = parameters + (state.map { [("state", $0)] } ?? [])
        let pairs = all.map { "\($0.0)=\(Fields.encoded($0.1))" }.joined(separator: "&")
        return AuthorizeRequest.redirect(to: redirect + (redirect.contains("?") ? "&" : "?") + pairs)
    }
}
