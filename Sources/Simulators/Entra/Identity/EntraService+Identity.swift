extension EntraService {
    /// The identity platform: faults first, then the answer.
    func identity(_ route: IdentityRoute, _ call: Call, _ faults: [Fault]) -> Reply {
        if let spoiled = faults.lazy.compactMap({ self.refusal($0, route, call) }).first { return spoiled }
        switch route {
        case .token(let tenant): return token(call, tenant: tenant, faults)
        case .deviceCode(let tenant): return deviceCode(call, tenant: tenant)
        case .authorize(let tenant): return authorizePage(call, tenant: tenant)
        case .signIn(let tenant): return signIn(call, tenant: tenant, faults)
        case .adminConsent(let tenant, let version): return adminConsentPage(call, tenant: tenant, version: version)
        case .decideConsent(let tenant, let version): return decideConsent(call, tenant: tenant, version: version)
        case .deviceLogin: return deviceLoginPage(call)
        case .enterCode: return enterCode(call)
        case .openIDConfiguration(let tenant): return openIDConfiguration(call, tenant: tenant)
        case .keys(let tenant): return keys(call, tenant: tenant)
        case .instanceDiscovery: return instanceDiscovery(call)
        }
    }

    /// What a fault puts in place of an answer; nil for what only Graph can do wrong, and for what the answer itself shows.
    private func refusal(_ fault: Fault, _ route: IdentityRoute, _ call: Call) -> Reply? {
        switch fault.kind {
        case .throttle: TokenError(90055).reply(for: call).with("Retry-After", fault.retryAfterHeader)
        case .unavailable: TokenError(90033).reply(for: call).with("Retry-After", fault.retryAfterHeader)
        case .gatewayTimeout: .text("<html><body>504 Gateway Time-out</body></html>", type: "text/html", status: 504)
        case .unauthorized: TokenError.expiredSecret(configuration.clientID).reply(for: call)
        case .forbidden: TokenError.unknownClient(configuration.clientID).reply(for: call)
        case .aadsts:
            // On the sign-in page the person is sent back with it instead.
            if case .signIn = route { nil } else { fault.code.map { TokenError($0).reply(for: call) } }
        case .drop, .truncate, .notJSON, .slow, .emptyPage, .duplicate, .expiredDelta, .gone, .repeatNextLink,
            .expiredPage, .replay, .outOfOrder, .staleFirst, .removedTwice, .restored, .explicitNulls, .omittedNulls,
            .staleMembers, .claimsChallenge, .clockSkew, .slowDown, .noRoles, .personalAccount, .badIDToken,
            .wrongState, .unheard, .html:
            nil
        }
    }
}
