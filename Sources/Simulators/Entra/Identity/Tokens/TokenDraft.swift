internal import Crypto
internal import FoundationEssentials

/// The tokens for a person, all but the signature, which would hold up everybody else if it were made under the lock.
struct TokenDraft: Sendable {
    private let accessToken: String
    private let refreshToken: String?
    private let scope: String
    private let wantsIDToken: Bool
    private let identity: Identity

    /// Who signed in, as an id token tells it.
    struct Identity: Sendable {
        let tenantID: String
        let objectID: String
        let name: String
        let principalName: String
        let clientID: String
        let nonce: String?
    }

    init(
        _ session: Session, _ request: TokenRequest, expiry: ContinuousClock.Instant, in state: inout EntraState
    ) throws(TokenError) {
        let granted = try state.granted(session)
        identity = state.identity(of: session)
        scope = session.scopes.text(granted)
        wantsIDToken = session.scopes.openID.contains("openid")
        let tenant = if case .member(let tenant, _) = session.account { tenant } else { 0 }
        accessToken = state.tokens.issue(
            .init(
                tenant: tenant, application: session.application, permissions: granted, isPerson: true,
                claims: request.claims, expiry: expiry))
        let isOffline = session.scopes.openID.contains("offline_access")
        refreshToken = isOffline ? state.signIns.refreshToken(for: session) : nil
    }

    func members(_ request: TokenRequest, _ faults: [Fault]) throws -> [JSONValue.Member] {
        var members: [JSONValue.Member] = [
            .init("scope", .string(scope)), .init("access_token", .string(accessToken)),
        ]
        if let refreshToken { members.append(.init("refresh_token", .string(refreshToken))) }
        if wantsIDToken { members.append(.init("id_token", .string(try idToken(request, faults)))) }
        if request.wantsClientInfo { members.append(.init("client_info", .string(identity.clientInfo))) }
        return members
    }

    private func idToken(_ request: TokenRequest, _ faults: [Fault]) throws -> String {
        let flaw = faults.first { $0.kind == .badIDToken }.map { $0.what ?? "signature" }
        let claims = IDTokenClaims(identity: identity, origin: request.origin, flaw: flaw).json
        return try SigningKey.shared.get().sign(
            claims, kid: flaw == "kid" ? "unknown-key" : nil, breaking: flaw == "signature")
    }
}

/// The claims of an id token (3.6), with at most one of them wrong on purpose.
struct IDTokenClaims {
    let identity: TokenDraft.Identity
    let origin: String
    /// The claim that is wrong.
    let flaw: String?

    static let lifetime = 3600

    var json: JSONValue {
        let now = Int(Date().timeIntervalSince1970)
        let tenantID = flaw == "tid" ? TenantName.personal : identity.tenantID
        let issuer = flaw == "iss" ? "https://issuer.example/\(tenantID)/v2.0" : "\(origin)/\(tenantID)/v2.0"
        let start = flaw == "nbf" ? now + 3600 : flaw == "exp" ? now - 7200 : now
        let subject = Base64URL.encode(SHA256.hash(data: Data((identity.clientID + identity.objectID).utf8)))
        let nonce = flaw == "nonce" ? "somebody-elses" : identity.nonce
        return .object(
            [
                .init("ver", "2.0"), .init("iss", .string(issuer)), .init("sub", .string(subject)),
                .init("aud", .string(flaw == "aud" ? "another-application" : identity.clientID)),
                .init("exp", .integer(start + Self.lifetime)), .init("iat", .integer(start)),
                .init("nbf", .integer(start)), .init("name", .string(identity.name)),
                .init("preferred_username", .string(identity.principalName)),
                .init("oid", .string(identity.objectID)), .init("tid", .string(tenantID)),
                .init("uti", .string(RandomText.make(22))),
            ] + (nonce.map { [.init("nonce", .string($0))] } ?? []))
    }
}

extension TokenDraft.Identity {
    /// What MSAL keys its accounts by.
    var clientInfo: String {
        Base64URL.encode(#"{"uid":"\#(objectID)","utid":"\#(tenantID)"}"#.utf8)
    }
}

extension EntraState {
    func identity(of session: Session) -> TokenDraft.Identity {
        let clientID = applications[session.application].clientID
        guard case .member(let tenant, let index) = session.account else {
            return .init(
                tenantID: TenantName.personal, objectID: "00000000-0000-0000-66f3-3332eca7ea81",
                name: "Somebody at Home",
                principalName: "somebody@outlook.example", clientID: clientID, nonce: session.nonce)
        }
        let user = tenants[tenant].directory.user(at: index)
        return .init(
            tenantID: tenants[tenant].id, objectID: user.id, name: user.value(of: .displayName).text ?? "",
            principalName: user.value(of: .userPrincipalName).text ?? "", clientID: clientID, nonce: session.nonce)
    }
}
