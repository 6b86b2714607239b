/// What Microsoft's identity platform or Graph refused, or could not do.
///
/// Callers branch on `kind`. Microsoft changes its texts, so they are shown and never compared.
package struct EntraError: Error, Sendable, CustomStringConvertible {
    /// What callers branch on.
    package enum Kind: Sendable, Hashable {
        /// The tenant no longer lets us in: it is to be disabled until somebody authorizes it again.
        case authorizationRefused
        /// We are let in, but not to this (403).
        case permissionMissing
        /// Trouble on the way or at the far end that did not pass while we tried.
        case unavailable
        /// The delta token is too old or was withdrawn: read everything again.
        case syncStateLost
        /// A page's link can no longer be followed: begin the listing again.
        case pageExpired
        /// Everything else: our settings, our mistake, or an answer that makes no sense.
        case unexpected
    }

    /// What callers branch on.
    package let kind: Kind
    /// Lower case, no full stop.
    package let message: String
    /// What a person can do about it.
    package let hints: [String]
    /// The number of an identity platform error, as in `AADSTS7000222`.
    package let aadsts: Int?
    /// Graph's `error.code`.
    package let graphCode: String?
    /// What Microsoft's support asks for.
    package let requestID: String?
    /// The last HTTP status, where an answer came.
    package let status: Int?
    /// Properties that Graph does not give in this kind of read: leave them out, or read them another way.
    package let refusedProperties: [String]

    /// An error of this module, or of a test.
    package init(
        _ kind: Kind, _ message: String, hints: [String] = [], aadsts: Int? = nil, graphCode: String? = nil,
        requestID: String? = nil, status: Int? = nil, refusedProperties: [String] = []
    ) {
        self.kind = kind
        self.message = message
        self.hints = hints
        self.aadsts = aadsts
        self.graphCode = graphCode
        self.requestID = requestID
        self.status = status
        self.refusedProperties = refusedProperties
    }

    package var description: String { message }
}
