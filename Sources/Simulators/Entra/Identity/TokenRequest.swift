internal import FoundationEssentials

/// What a token request asks for; reading it refuses what the platform would refuse before it knows the tenant's data.
struct TokenRequest {
    enum Grant {
        case clientCredentials
        case code(String, redirect: String?, verifier: String?)
        case refresh(String)
        case device(String)
    }

    enum Credential {
        case none
        case secret(String)
        case assertion(String)
    }

    let tenant: TenantName
    let grant: Grant
    let clientID: String
    let credential: Credential
    let scope: String?
    let claims: ClaimsRequest
    let wantsClientInfo: Bool
    let origin: String

    /// The checks come in the platform's order as far as it is known: endpoint, grant, client, credential, scope.
    init(_ call: Call, tenant name: String) throws(TokenError) {
        let form = call.form
        tenant = TenantName(name)
        grant = try Self.grant(form)
        if case .clientCredentials = grant, tenant.isShared { throw TokenError(9_001_023) }
        let basic = Self.basic(call.header("Authorization"))
        guard let clientID = form["client_id"] ?? basic?.id else { throw .missing("client_id") }
        self.clientID = clientID
        credential = Self.credential(form, basic)
        scope = form["scope"]
        claims = ClaimsRequest(form["claims"])
        wantsClientInfo = form["client_info"] == "1"
        origin = call.origin
        guard case .clientCredentials = grant else { return }
        guard let scope else { throw .missing("scope") }
        if case .none = credential { throw TokenError(7_000_218) }
        try Scopes.checkApplication(scope, origin: origin)
    }

    private static func grant(_ form: Fields) throws(TokenError) -> Grant {
        func value(_ name: String) throws(TokenError) -> String {
            guard let value = form[name], !value.isEmpty else { throw .missing(name) }
            return value
        }
        switch try value("grant_type") {
        case "client_credentials": return .clientCredentials
        case "authorization_code":
            return .code(try value("code"), redirect: form["redirect_uri"], verifier: form["code_verifier"])
        case "refresh_token": return .refresh(try value("refresh_token"))
        case "urn:ietf:params:oauth:grant-type:device_code", "device_code":
            // MSAL for Python sends it under both names, others under one of them.
            if let code = form["device_code"] { return .device(code) }
            return .device(try value("code"))
        case let unknown: throw .unknownGrant(unknown)
        }
    }

    private static func credential(_ form: Fields, _ basic: (id: String, secret: String)?) -> Credential {
        if let assertion = form["client_assertion"],
            form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        {
            return .assertion(assertion)
        }
        return (form["client_secret"] ?? basic?.secret).map { .secret($0) } ?? .none
    }

    private static func basic(_ header: String?) -> (id: String, secret: String)? {
        guard let header, header.lowercased().hasPrefix("basic "),
            let data = Data(base64Encoded: String(header.dropFirst(6)))
        else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        return (Fields.decoded(parts[0], plusIsSpace: true), Fields.decoded(parts[1], plusIsSpace: true))
    }
}
