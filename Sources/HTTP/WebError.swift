/// A request that brought no usable response.
///
/// Messages name hosts and numbers, never a header, a body, a query or a path.
package struct WebError: Error, Sendable, CustomStringConvertible {
    /// What callers branch on.
    package enum Kind: Sendable, Hashable {
        case unreachable(Unreachable)
        case timeout
        /// The connection ended before the response did.
        case truncated
        /// A status that announces passing trouble, and did not pass.
        case status
        case throttled
        /// A whole body, as far as HTTP can tell, that its reader cannot use.
        case notJSON
        case tooLarge
        /// Refused by us before any connection was made.
        case notAllowed
        /// Our own settings cannot be used: certificate file, proxy.
        case settings

        /// Whether the next attempt may do better.
        package var mayPass: Bool {
            switch self {
            case .unreachable(.tls), .tooLarge, .notAllowed, .settings: false
            case .unreachable, .timeout, .truncated, .status, .throttled, .notJSON: true
            }
        }
    }

    /// What kept a connection from coming about.
    package enum Unreachable: Sendable, Hashable {
        case dns
        case refused
        case tls
        case proxy
        /// No route, a connection that never came about, and whatever else stands between us and the host.
        case network
    }

    /// What callers branch on.
    package let kind: Kind
    /// Lower case, no full stop.
    package var message: String
    /// The host that was asked, where there was one.
    package let host: String?
    /// The last status, where a response came.
    package let status: Int?
    /// What a person can do about it.
    package let hints: [String]
    /// The service's name for the request (`request-id`), where a response came with one.
    package let requestID: String?

    /// An error of this module, or of a test.
    package init(
        _ kind: Kind, _ message: String, host: String? = nil, status: Int? = nil, hints: [String] = [],
        requestID: String? = nil
    ) {
        self.kind = kind
        self.message = message
        self.host = host
        self.status = status
        self.hints = hints
        self.requestID = requestID
    }

    package var description: String { message }
}
