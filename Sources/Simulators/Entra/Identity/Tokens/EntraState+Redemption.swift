internal import Crypto
internal import FoundationEssentials

/// What codes and refresh tokens are exchanged for.
extension EntraState {
    /// An authorization code is good once, for ten minutes, for whoever knows the verifier (3.2).
    mutating func redeem(
        _ code: String, _ application: Int, redirect: String?, verifier: String?
    ) throws(TokenError) -> Session {
        guard let found = signIns.codes[code], found.session.application == application else { throw TokenError(70000) }
        guard !found.isRedeemed else { throw TokenError(54005) }
        guard found.expiry > Date() else { throw TokenError(70008) }
        guard redirect == found.redirect else { throw TokenError(500_112) }
        if let challenge = found.challenge {
            guard let verifier, found.isPlain ? verifier == challenge : Self.digest(verifier) == challenge else {
                throw TokenError(501_481)
            }
        }
        signIns.codes[code]?.isRedeemed = true
        return found.session
    }

    private static func digest(_ verifier: String) -> String {
        Base64URL.encode(SHA256.hash(data: Data(verifier.utf8)))
    }

    func session(refreshing token: String, _ application: Int) throws(TokenError) -> Session {
        guard let found = signIns.refreshTokens[token], found.session.application == application else {
            throw TokenError(70000)
        }
        guard !found.isRevoked else { throw TokenError(50173) }
        guard found.expiry > Date() else { throw TokenError(700_082) }
        var session = found.session
        // A nonce belongs to the sign-in; a token that is refreshed has none.
        session.nonce = nil
        return session
    }

    mutating func poll(_ code: String, _ application: Int) throws(TokenError) -> Session {
        guard let flow = signIns.devices[code], flow.application == application else { throw TokenError(70018) }
        guard flow.expiry > Date() else { throw TokenError(70019) }
        switch flow.standing {
        case .waiting: throw TokenError(70016)
        case .declined:
            throw TokenError(
                status: 400, error: "authorization_declined", code: 65004, message: "The person declined to sign in.")
        case .redeemed: throw TokenError(70018)
        case .approved(let account):
            signIns.devices[code]?.standing = .redeemed
            return Session(application: application, account: account, scopes: flow.scopes)
        }
    }
}
