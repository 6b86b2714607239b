/// A misbehaviour and the requests it strikes.
package struct Fault: Sendable, Codable, Equatable {
    /// What goes wrong.
    package var kind: Kind
    /// Which requests are counted; nil is the kind's own.
    package var scope: Scope?
    /// Ordinals of the requests to strike, counted from 1 since the faults were set.
    package var at: [Int]?
    /// Every so many requests.
    package var every: Int?
    /// That request and all later ones.
    package var from: Int?
    /// Sent verbatim as `Retry-After`; the word `date` becomes an HTTP date one second ahead.
    package var retryAfter: String?
    /// How long `slow` waits, one second if nil; how far `clockSkew` is off.
    package var seconds: Double?
    /// For `drop`: the word `head` closes the connection after the head instead of before it.
    package var after: String?
    /// For `slow` and for refusals of the help desk: whether the request is processed before or after.
    package var when: When?
    /// For `expiredDelta`: 400, 404 or 410; for `html`: 500 to 599.
    package var status: Int?
    /// For `aadsts`: the number.
    package var code: Int?
    /// For `badIDToken`: the claim, `kid` or `signature`.
    package var what: String?

    /// `before` the request is processed, or `after` that: only then has a write taken place.
    package enum When: String, Sendable, Codable, CaseIterable {
        case before, after
    }

    /// A fault without `at`, `every` or `from` strikes every request.
    package init(
        _ kind: Kind, scope: Scope? = nil, at: [Int]? = nil, every: Int? = nil, from: Int? = nil,
        retryAfter: String? = nil, seconds: Double? = nil, after: String? = nil, when: When? = nil, status: Int? = nil,
        code: Int? = nil, what: String? = nil
    ) {
        self.kind = kind
        self.scope = scope
        self.at = at
        self.every = every
        self.from = from
        self.retryAfter = retryAfter
        self.seconds = seconds
        self.after = after
        self.when = when
        self.status = status
        self.code = code
        self.what = what
    }

    /// Whether it strikes a request that is the so-manieth of its scope.
    func strikes(_ counts: [Scope: Int]) -> Bool {
        guard let ordinal = counts[scope ?? kind.scope] else { return false }
        if at == nil, every == nil, from == nil { return true }
        return at?.contains(ordinal) == true
            || every.map { $0 > 0 && ordinal % $0 == 0 } == true
            || from.map { ordinal >= $0 } == true
    }
}
