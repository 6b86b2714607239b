import CoreMetrics

/// What is counted of requests, by swift-metrics: whoever wants to see it bootstraps a backend, and else it goes nowhere.
package enum WebMetrics {
    /// One attempt was made.
    ///
    /// - Parameter status: Nil where no whole answer came.
    static func attempted(_ request: WebRequest, status: Int?) {
        // Whatever a server makes up must not make up a number of its own.
        let status = status.map { 100..<600 ~= $0 ? String($0) : "other" } ?? "error"
        Counter(
            label: "foxtrail_requests_total",
            dimensions: [("service", request.service), ("method", request.method.rawValue), ("status", status)]
        ).increment()
    }

    /// A request waited before it was made, or made again.
    ///
    /// - Parameter reason: One of a few words.
    package static func waited(for service: String, _ reason: String, _ duration: Duration) {
        let dimensions = [("service", service), ("reason", reason)]
        Counter(label: "foxtrail_request_waits_total", dimensions: dimensions).increment()
        FloatingPointCounter(label: "foxtrail_request_wait_seconds_total", dimensions: dimensions)
            .increment(by: duration / .seconds(1))
    }
}

extension RetryState.Reason {
    /// One word, for numbers.
    var name: String {
        switch self {
        case .throttled: "throttled"
        case .unavailable: "unavailable"
        case .busy: "busy"
        case .connection: "connection"
        }
    }
}
