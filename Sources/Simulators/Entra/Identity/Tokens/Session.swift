internal import FoundationEssentials

/// Somebody who can sign in.
enum Account: Sendable, Equatable {
    case member(tenant: Int, user: Int)
    /// A personal Microsoft account; it is in no tenant of ours.
    case personal
}

/// A person who has signed in to an application.
struct Session: Sendable {
    let application: Int
    var account: Account
    let scopes: Scopes
    var nonce: String?
}

/// What a browser brings back, to be exchanged once.
struct AuthorizationCode: Sendable {
    let session: Session
    let redirect: String
    let challenge: String?
    let isPlain: Bool
    let expiry: Date
    var isRedeemed = false
}

/// A device that waits until somebody types its code elsewhere.
struct DeviceFlow: Sendable {
    enum Standing: Sendable {
        case waiting
        case approved(Account)
        case declined
        case redeemed
    }

    let userCode: String
    let application: Int
    let tenant: TenantName
    let scopes: Scopes
    let expiry: Date
    var standing = Standing.waiting
}

/// Replaced at each use; the one before stays good, but ought to be dropped (3.7).
struct RefreshToken: Sendable {
    let session: Session
    let expiry: Date
    var isRevoked = false
}

/// Everything between a sign-in and a token.
struct SignIns: Sendable {
    var codes: [String: AuthorizationCode] = [:]
    /// By device code.
    var devices: [String: DeviceFlow] = [:]
    var refreshTokens: [String: RefreshToken] = [:]

    static let codeLifetime = 600.0
    static let refreshLifetime = 90 * 86_400.0

    mutating func refreshToken(for session: Session) -> String {
        let token = "1." + RandomText.make(80)
        refreshTokens[token] = RefreshToken(
            session: session, expiry: Date(timeIntervalSinceNow: Self.refreshLifetime))
        return token
    }

    /// An administrator ends all sessions.
    mutating func revokeAll() {
        for token in refreshTokens.keys { refreshTokens[token]?.isRevoked = true }
    }

    /// The device code that belongs to what a person has typed, however they typed it.
    func deviceCode(typed: String) -> String? {
        let typed = typed.uppercased().filter { $0.isLetter || $0.isNumber }
        return devices.first { $0.value.userCode == typed }?.key
    }
}
