internal import Crypto
internal import FoundationEssentials

extension EntraService {
    /// `POST /{tenant}/oauth2/v2.0/token`.
    func token(_ call: Call, tenant: String, _ faults: [Fault]) -> Reply {
        do {
            let request = try TokenRequest(call, tenant: tenant)
            let (application, registered, audiences) = try withState { (state) throws(TokenError) in
                let index = try state.application(request.clientID, at: request.tenant)
                return (index, state.applications[index], state.audiences(of: request))
            }
            try registered.check(request, audiences: audiences)
            let answer = try answer(request, application, faults)
            return .json(.object(answer)).with("Cache-Control", "no-store")
                .with("client-request-id", call.header("client-request-id"))
        } catch let error as TokenError {
            return error.reply(for: call)
        } catch {
            return TokenError(90033, "A token could not be signed: \(error)").reply(for: call)
        }
    }

    private func answer(_ request: TokenRequest, _ application: Int, _ faults: [Fault]) throws -> [JSONValue.Member] {
        switch request.grant {
        case .clientCredentials: return try ownToken(request, application, faults)
        case .code(let code, let redirect, let verifier):
            let session = try withState { (state) throws(TokenError) in
                try state.redeem(code, application, redirect: redirect, verifier: verifier)
            }
            return try personsToken(request, session, faults)
        case .refresh(let token):
            let session = try withState { (state) throws(TokenError) in
                try state.session(refreshing: token, application)
            }
            return try personsToken(request, session, faults)
        case .device(let code):
            if faults.contains(where: { $0.kind == .slowDown }) {
                throw TokenError(status: 400, error: "slow_down", code: 70016, message: "Poll less often.")
            }
            let session = try withState { (state) throws(TokenError) in try state.poll(code, application) }
            return try personsToken(request, session, faults)
        }
    }

    /// For the application itself: never a refresh token, and without consent a token that is good for nothing (3.4).
    private func ownToken(
        _ request: TokenRequest, _ application: Int, _ faults: [Fault]
    ) throws(TokenError) -> [JSONValue.Member] {
        let expiry = ContinuousClock.now.advanced(by: configuration.tokenLifetime)
        let isBare = faults.contains { $0.kind == .noRoles }
        let token = try withState { (state) throws(TokenError) -> String in
            guard let tenant = try state.tenant(request.tenant) else { throw TokenError(9_001_023) }
            let consent = state.tenants[tenant].consents[application] ?? Consent()
            return state.tokens.issue(
                .init(
                    tenant: tenant, application: application, permissions: isBare ? [] : consent.application,
                    isPerson: false, claims: request.claims, expiry: expiry))
        }
        return lifetimeMembers + [.init("access_token", .string(token))]
    }

    private func personsToken(
        _ request: TokenRequest, _ given: Session, _ faults: [Fault]
    ) throws -> [JSONValue.Member] {
        var session = given
        if faults.contains(where: { $0.kind == .personalAccount }) { session.account = .personal }
        let scopes = try request.scope.map { try Scopes($0, origin: request.origin) } ?? session.scopes
        let asked = Session(
            application: session.application, account: session.account, scopes: scopes, nonce: session.nonce)
        let expiry = ContinuousClock.now.advanced(by: configuration.tokenLifetime)
        let draft = try withState { (state) throws(TokenError) -> TokenDraft in
            try TokenDraft(asked, request, expiry: expiry, in: &state)
        }
        return lifetimeMembers + (try draft.members(request, faults))
    }

    private var lifetimeMembers: [JSONValue.Member] {
        let lifetime = Int(configuration.tokenLifetime.components.seconds)
        return [
            .init("token_type", "Bearer"), .init("expires_in", .integer(lifetime)),
            .init("ext_expires_in", .integer(lifetime)),
        ]
    }
}

extension EntraState {
    /// The token endpoint under any of the tenant's names.
    func audiences(of request: TokenRequest) -> Set<String> {
        let index = tenants.firstIndex { $0.isNamed(request.tenant.text) }
        let names = (index.map { tenants[$0].names } ?? []) + [request.tenant.text]
        return Set(
            names.flatMap { name in
                ["oauth2/v2.0/token", "v2.0"].map { "\(request.origin)/\(name)/\($0)".lowercased() }
            })
    }
}
