/// A misbehaviour and the requests it strikes.
package struct Fault: Sendable, Codable, Equatable {
    /// What goes wrong.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// 429.
        case throttle
        /// 503.
        case unavailable
        /// 504.
        case gatewayTimeout
        /// The connection is closed instead of an answer, or right after the head if `after` is `head`.
        case drop
        /// Half of the promised body, then the connection is closed.
        case truncate
        /// 200 with an HTML page.
        case notJSON
        /// 401, and the access token stays invalid from then on.
        case unauthorized
        /// 403 `Authorization_RequestDenied`.
        case forbidden
        /// The answer comes after `seconds`.
        case slow
        /// No objects, and a link to the page that should have come.
        case emptyPage
        /// The first object of the page comes once more at its end.
        case duplicate
        /// 400 `syncStateNotFound`; strikes only delta requests that carry a token.
        case expiredDelta
        /// 410 with a `Location` to start over; strikes only delta requests that carry a token.
        case gone
        /// The page's link leads to the page itself.
        case repeatNextLink
    }

    /// What is counted: Graph's data requests (users, delta, organization), or token requests.
    package enum Scope: String, Sendable, Codable {
        case data, token
    }

    /// What goes wrong.
    package var kind: Kind
    /// Which requests are counted; nil is `data`.
    package var scope: Scope?
    /// Ordinals of the requests to strike, counted from 1 since the faults were set.
    package var at: [Int]?
    /// Every so many requests.
    package var every: Int?
    /// That request and all later ones.
    package var from: Int?
    /// Sent verbatim as `Retry-After`; the word `date` becomes an HTTP date one second ahead.
    package var retryAfter: String?
    /// How long `slow` waits; nil is one second.
    package var seconds: Double?
    /// For `drop`: the word `head` closes the connection after the head instead of before it.
    package var after: String?

    /// A fault without `at`, `every` or `from` strikes every request.
    package init(
        _ kind: Kind, scope: Scope? = nil, at: [Int]? = nil, every: Int? = nil, from: Int? = nil,
        retryAfter: String? = nil, seconds: Double? = nil, after: String? = nil
    ) {
        self.kind = kind
        self.scope = scope
        self.at = at
        self.every = every
        self.from = from
        self.retryAfter = retryAfter
        self.seconds = seconds
        self.after = after
    }

    func strikes(_ ordinal: Int, in scope: Scope) -> Bool {
        guard scope == self.scope ?? .data else { return false }
        if at == nil, every == nil, from == nil { return true }
        return at?.contains(ordinal) == true
            || every.map { $0 > 0 && ordinal % $0 == 0 } == true
            || from.map { ordinal >= $0 } == true
    }
}
