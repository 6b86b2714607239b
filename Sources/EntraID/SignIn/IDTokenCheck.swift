internal import ContactSync
internal import JWTKit

/// What an id token must say to be believed
/// (learn.microsoft.com/entra/identity-platform/access-tokens and id-token-claims-reference).
struct IDTokenCheck: Sendable {
    let clientID: String
    let keys: SigningKeys
    /// Seconds since 1970.
    let now: @Sendable () -> Int64

    /// The tenant that stands for all personal accounts.
    static let personalAccounts = "9188040d-6c67-4c5b-b112-36a304b66dad"
    /// How far clocks may differ, in seconds.
    private static let skew: Int64 = 300

    /// - Parameter nonce: The one that was sent; nil for a flow that sends none.
    /// - Throws: An `EntraError` that says what was not believed.
    func identity(_ token: Secret, nonce: String?) async throws -> Identity {
        guard let bytes = Base64URL.decode(token.value.prefix { $0 != "." }),
            let header = try? JSONValue(parsing: bytes)
        else { throw refused("the sign-in service sent an id token that cannot be read") }
        guard header["alg"]?.string == "RS256" else { throw refused("the id token is not signed with RS256") }
        let (issuer, key) = try await keys.find(header["kid"]?.string ?? "")
        guard let key else { throw refused("the id token is signed with a key that the sign-in service does not list") }
        let claims: IDToken
        do {
            let keys = await JWTKeyCollection().add(rsa: key.key, digestAlgorithm: .sha256)
            claims = try await keys.verify(token.value, as: IDToken.self)
        } catch let error as JWTError where error.errorType == .signatureVerificationFailed {
            throw refused("the signature of the id token is wrong")
        } catch {
            throw refused("the sign-in service sent an id token that cannot be read")
        }
        return try identity(claims, issuer: issuer, keyIssuer: key.issuer, nonce: nonce)
    }

    private func identity(
        _ claims: IDToken, issuer: String, keyIssuer: String?, nonce: String?
    ) throws(EntraError) -> Identity {
        guard let tenant = claims.tid, let user = claims.oid else {
            throw refused("the id token names no tenant or no user")
        }
        guard tenant.lowercased() != IDTokenCheck.personalAccounts else { throw EntraError.personalAccount }
        func names(_ issuer: String) -> Bool { issuer.replacing("{tenantid}", with: tenant) == claims.iss }
        guard names(issuer) else { throw refused("the id token comes from another issuer") }
        guard keyIssuer.map(names) ?? true else {
            throw refused("the id token is signed with a key of another issuer")
        }
        guard claims.aud == clientID else { throw refused("the id token is for another app") }
        guard nonce == nil || claims.nonce == nonce else { throw refused("the id token belongs to another sign-in") }
        try times(claims)
        return Identity(tenantID: tenant.lowercased(), objectID: user, username: claims.preferredUsername)
    }

    private func times(_ claims: IDToken) throws(EntraError) {
        let hint = "check the clock of this machine"
        guard claims.exp + IDTokenCheck.skew > now() else { throw refused("the id token has expired", hint) }
        guard (claims.nbf ?? 0) - IDTokenCheck.skew <= now() else {
            throw refused("the id token is not valid yet", hint)
        }
    }

    private func refused(_ message: String, _ hint: String = "start the sign-in again") -> EntraError {
        EntraError(.unexpected, message, hints: [hint])
    }
}

extension EntraError {
    /// The product syncs directories, and a personal account has none.
    static let personalAccount = EntraError(
        .authorizationRefused, "a personal Microsoft account cannot be used",
        hints: ["authorize the tenant again with a work or school account"])
}
