extension EntraService {
    func token(_ call: Call, tenant: String) -> Reply {
        do {
            let request = try TokenRequest(call, tenant: tenant)
            let token = try grant(request)
            let lifetime = Int(configuration.tokenLifetime.components.seconds)
            return .json([
                "token_type": "Bearer", "expires_in": .integer(lifetime), "ext_expires_in": .integer(lifetime),
                "access_token": .string(token),
            ]).with("Cache-Control", "no-store")
        } catch {
            return error.reply(for: call)
        }
    }

    private func grant(_ request: TokenRequest) throws(TokenError) -> String {
        let lifetime = configuration.tokenLifetime
        return try withState { (state) throws(TokenError) -> String in
            guard let index = state.tenants.firstIndex(where: { $0.isNamed(request.tenant) }) else {
                throw .unknownTenant(request.tenant)
            }
            let application = state.tenants[index].application
            guard application.clientID.lowercased() == request.clientID.lowercased() else {
                throw .unknownClient(request.clientID)
            }
            switch application.secret {
            case .valid(request.secret): return state.tokens.issue(tenant: index, lifetime: lifetime)
            case .expired(request.secret): throw .expiredSecret(request.clientID)
            case .valid, .expired, .revoked: throw .wrongSecret(request.clientID)
            }
        }
    }

    /// Faults of the scope `token`; what only Graph can do wrong leaves the answer alone.
    func spoiledToken(_ fault: Fault, _ call: Call) -> Reply? {
        switch fault.kind {
        case .throttle: TokenError.throttled.reply(for: call).with("Retry-After", fault.retryAfterHeader)
        case .unavailable: TokenError.busy.reply(for: call).with("Retry-After", fault.retryAfterHeader)
        case .gatewayTimeout: .text("<html><body>504 Gateway Time-out</body></html>", type: "text/html", status: 504)
        case .unauthorized: TokenError.expiredSecret(configuration.clientID).reply(for: call)
        case .forbidden: TokenError.unknownClient(configuration.clientID).reply(for: call)
        case .drop, .truncate, .notJSON, .slow, .emptyPage, .duplicate, .expiredDelta, .gone, .repeatNextLink: nil
        }
    }
}
