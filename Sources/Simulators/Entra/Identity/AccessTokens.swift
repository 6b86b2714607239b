/// The access tokens in circulation. To a client they are opaque; what they mean is known only here.
struct AccessTokens: Sendable {
    private struct Grant: Sendable {
        let tenant: Int
        let expiry: ContinuousClock.Instant
    }

    /// What a bearer turns out to be.
    enum Verdict: Sendable, Equatable {
        case valid(tenant: Int)
        case expired
        case unknown
    }

    private var grants: [String: Grant] = [:]

    mutating func issue(tenant: Int, lifetime: Duration) -> String {
        let now = ContinuousClock.now
        // Long gone tokens need no better message than "unknown"; without this a long run would grow.
        grants = grants.filter { $0.value.expiry.advanced(by: .seconds(3600)) > now }
        let token = "sim_" + String((0..<43).map { _ in Self.alphabet[Int.random(in: 0..<64)] })
        grants[token] = Grant(tenant: tenant, expiry: now.advanced(by: lifetime))
        return token
    }

    func check(_ token: String) -> Verdict {
        guard let grant = grants[token] else { return .unknown }
        return grant.expiry > .now ? .valid(tenant: grant.tenant) : .expired
    }

    /// The token is treated as expired from now on.
    mutating func invalidate(_ token: String) {
        guard let grant = grants[token] else { return }
        grants[token] = Grant(tenant: grant.tenant, expiry: .now)
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
}
