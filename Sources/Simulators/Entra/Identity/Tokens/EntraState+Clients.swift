internal import FoundationEssentials

extension EntraState {
    /// Nil for the shared authorities.
    func tenant(_ name: TenantName) throws(TokenError) -> Int? {
        guard case .named(let text) = name else { return nil }
        guard let index = tenants.firstIndex(where: { $0.isNamed(text) }) else { throw .unknownTenant(text) }
        return index
    }

    /// The application, if that tenant may know it. The shared authorities know only those of several tenants.
    func application(_ clientID: String, at name: TenantName) throws(TokenError) -> Int {
        let tenant = try tenant(name)
        guard let index = applications.firstIndex(where: { $0.clientID.lowercased() == clientID.lowercased() }) else {
            throw .unknownClient(clientID)
        }
        guard let tenant else {
            guard applications[index].home == nil else { throw TokenError(50194) }
            return index
        }
        guard applications[index].home ?? tenant == tenant else {
            throw .notInTenant(clientID, tenants[tenant].displayName)
        }
        return index
    }

    /// What a person's token may do in their tenant. A personal account is in none.
    func granted(_ session: Session) throws(TokenError) -> Set<Permission> {
        guard case .member(let tenant, let user) = session.account else { return [] }
        let directory = tenants[tenant].directory
        guard directory.isPresent(user) else { throw TokenError(50034) }
        guard directory.user(at: user).value(of: .accountEnabled) != false else { throw TokenError(50057) }
        return try session.scopes.granted(by: tenants[tenant].consents[session.application] ?? Consent())
    }
}

extension AppRegistration {
    /// Whether the request proves that it comes from the application. A public client must not try to.
    func check(_ request: TokenRequest, audiences: Set<String>) throws(TokenError) {
        let isOwn = if case .clientCredentials = request.grant { true } else { false }
        switch request.credential {
        case .none:
            guard !isOwn, isPublic else { throw TokenError(7_000_218) }
        case .secret, .assertion:
            if !isOwn, isPublic { throw TokenError(700_025) }
        }
        switch request.credential {
        case .none: return
        case .secret(let given): try check(secret: given)
        case .assertion(let text): try ClientAssertion(text).verify(for: self, audiences: audiences)
        }
    }

    private func check(secret given: String) throws(TokenError) {
        switch secret {
        case .valid(given):
            if let secretExpiry, secretExpiry <= Date() { throw .expiredSecret(clientID) }
        case .expired(given): throw .expiredSecret(clientID)
        case .valid, .expired, .revoked: throw .wrongSecret(clientID)
        }
    }
}
