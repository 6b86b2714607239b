/// The access tokens in circulation. To a client they are opaque; what they mean is known only here.
struct AccessTokens: Sendable {
    /// What a token was given out for.
    struct Grant: Sendable {
        let tenant: Int
        let application: Int
        /// Roles or scopes at the time of issue: consent that comes later needs a new token.
        let permissions: Set<Permission>
        let isPerson: Bool
        let claims: ClaimsRequest
        var expiry: ContinuousClock.Instant
    }

    /// What a bearer turns out to be.
    enum Verdict: Sendable {
        case valid(Grant)
        case expired
        case unknown
    }

    private var grants: [String: Grant] = [:]

    mutating func issue(_ grant: Grant) -> String {
        let now = ContinuousClock.now
        // Long gone tokens need no better message than "unknown"; without this a long run would grow.
        if grants.count >= 1000 {
            grants = grants.filter { $0.value.expiry.advanced(by: .seconds(3600)) > now }
        }
        let token = "sim_" + RandomText.make(43)
        grants[token] = grant
        return token
    }

    func check(_ token: String) -> Verdict {
        guard let grant = grants[token] else { return .unknown }
        return grant.expiry > .now ? .valid(grant) : .expired
    }

    /// The token is treated as expired from now on.
    mutating func invalidate(_ token: String) {
        grants[token]?.expiry = .now
    }
}

/// Identifiers that nobody can guess.
enum RandomText {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    static func make(_ length: Int) -> String {
        String((0..<length).map { _ in alphabet[Int.random(in: 0..<64)] })
    }

    /// What a person types: no vowels and no digits that look like letters.
    static func code(_ length: Int) -> String {
        String((0..<length).compactMap { _ in "BCDFGHJKLMNPQRSTVWXZ23456789".randomElement() })
    }
}
