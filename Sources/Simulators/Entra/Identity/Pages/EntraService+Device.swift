internal import FoundationEssentials

extension EntraService {
    /// `POST /{tenant}/oauth2/v2.0/devicecode` (3.3). There is no complete address with the code in it.
    func deviceCode(_ call: Call, tenant: String) -> Reply {
        let form = call.form
        let userCode = RandomText.code(9)
        let code = RandomText.make(60)
        do {
            guard let clientID = form["client_id"] else { throw TokenError.missing("client_id") }
            guard let scope = form["scope"] else { throw TokenError.missing("scope") }
            let scopes = try Scopes(scope, origin: call.origin)
            let name = TenantName(tenant)
            let expiry = Date(timeIntervalSinceNow: Double(configuration.deviceCodeLifetime))
            try withState { (state) throws(TokenError) in
                let application = try state.application(clientID, at: name)
                guard state.applications[application].isPublic else { throw TokenError(7_000_218) }
                state.signIns.devices[code] = DeviceFlow(
                    userCode: userCode, application: application, tenant: name, scopes: scopes, expiry: expiry)
            }
        } catch {
            return ((error as? TokenError) ?? TokenError(90033)).reply(for: call)
        }
        let address = "\(call.origin)/devicelogin"
        return .json([
            "user_code": .string(userCode), "device_code": .string(code), "verification_uri": .string(address),
            "expires_in": .integer(configuration.deviceCodeLifetime),
            "interval": .integer(configuration.deviceInterval),
            "message": .string("To sign in, open the page \(address) and enter the code \(userCode)."),
        ])
    }

    /// `GET /devicelogin`.
    func deviceLoginPage(_ call: Call) -> Reply {
        let field =
            "<p><label>Code <input name=\"code\" value=\"\(Page.escaped(call.query["code"] ?? ""))\"></label></p>"
        return Page(
            "Enter code", Page.form("/devicelogin", hidden: [], field + "<button>Next</button>")
        ).reply()
    }

    /// `POST /devicelogin`: first the code alone, then with a decision.
    func enterCode(_ call: Call) -> Reply {
        let form = call.form
        do {
            return try withState { (state) throws(TokenError) in
                let typed = form["code"] ?? ""
                guard !typed.isEmpty else { throw TokenError(90119) }
                guard let code = state.signIns.deviceCode(typed: typed), let flow = state.signIns.devices[code] else {
                    throw TokenError(70018)
                }
                guard flow.expiry > Date() else { throw TokenError(70019) }
                guard case .waiting = flow.standing else { throw TokenError(90120) }
                return try decide(code, flow, form, typed, in: &state)
            }
        } catch {
            return Page(error, for: call).reply(status: 400)
        }
    }

    private func decide(
        _ code: String, _ flow: DeviceFlow, _ form: Fields, _ typed: String, in state: inout EntraState
    ) throws(TokenError) -> Reply {
        if form["decline"] != nil {
            state.signIns.devices[code]?.standing = .declined
            return Page("You declined", "<p>You may close this window.</p>").reply()
        }
        if form["user"] != nil || form["username"]?.isEmpty == false {
            let account = try state.account(form, at: flow.tenant)
            if form["consent"] == "grant" {
                try state.consent(account, flow.application, to: configuration.permissions)
            }
            state.signIns.devices[code]?.standing = .approved(account)
            return Page("You have signed in", "<p>You may close this window.</p>").reply()
        }
        let choices = Choice.buttons(Choice.all(at: flow.tenant, in: state)) + Page.button("decline", "1", "Cancel")
        return Page("Pick an account", Page.form("/devicelogin", hidden: [("code", typed)], choices)).reply()
    }
}
