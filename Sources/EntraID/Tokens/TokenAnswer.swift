internal import ContactSync

/// What the token endpoint gave.
struct TokenAnswer: Sendable {
    let access: AccessToken
    /// Only where `offline_access` was asked for; replaces the one that was used.
    let refresh: Secret?
    /// Only where `openid` was asked for. Not yet verified.
    let idToken: Secret?

    /// - Returns: Nil for a body that is not a token answer.
    init?(_ body: [UInt8]) {
        guard let access = AccessToken(answer: body), let json = try? JSONValue(parsing: body) else { return nil }
        self.access = access
        refresh = json["refresh_token"]?.string.map(Secret.init)
        idToken = json["id_token"]?.string.map(Secret.init)
    }
}
