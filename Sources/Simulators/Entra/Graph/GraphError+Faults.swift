extension Fault {
    /// The refusal that a fault puts in place of an answer; nil if it leaves the answer to be made.
    func refusal(of call: Call, isDelta: Bool) -> GraphError? {
        // An empty token is what a `Location` of 410 holds: an initial query.
        let hasToken = ["$deltatoken", "$skiptoken"].contains { call.query[$0]?.isEmpty == false }
        switch kind {
        case .throttle:
            return waiting(429, "TooManyRequests", "Please retry again later.")
        case .unavailable:
            return waiting(503, "serviceNotAvailable", "The service is temporarily unavailable.")
        case .gatewayTimeout:
            return waiting(504, "UnknownError", "The upstream server did not answer in time.")
        case .unauthorized: return .expiredToken
        case .forbidden: return .forbidden
        case .expiredDelta: return isDelta && hasToken ? .expiredDelta(status: status ?? 400) : nil
        case .gone: return isDelta && hasToken ? .gone(restart: "\(call.origin)/v1.0/users/delta?$deltatoken=") : nil
        case .expiredPage: return call.query["$skiptoken"] == nil ? nil : .expiredPage
        default: return nil
        }
    }

    private func waiting(_ status: Int, _ code: String, _ message: String) -> GraphError {
        let header = retryAfterHeader.map { [(name: "Retry-After", value: $0)] } ?? []
        let scope = status == 429 ? [(name: "x-ms-throttle-information", value: "ResourceUnitLimitExceeded")] : []
        return GraphError(status: status, code: code, message: message, headers: header + scope)
    }
}
