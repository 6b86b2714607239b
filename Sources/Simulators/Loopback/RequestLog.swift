/// One request that a simulator has answered.
package struct LoggedRequest: Sendable, Equatable {
    /// As sent, such as `GET`.
    package let method: String
    /// Path and query as sent.
    package let path: String
    /// The status of the answer; 0 if the connection was dropped instead.
    package let status: Int
}

/// What has been asked, for tests and for people who wonder.
struct RequestLog: Sendable {
    /// A long run asks a million times; the newest are enough to look at, the counts stay exact.
    static let kept = 10_000

    private(set) var requests: [LoggedRequest] = []
    /// By route, then by status.
    private(set) var counts: [String: [Int: Int]] = [:]

    mutating func append(_ request: LoggedRequest, route: String) {
        if requests.count >= 2 * Self.kept { requests.removeFirst(Self.kept) }
        requests.append(request)
        counts[route, default: [:]][request.status, default: 0] += 1
    }

    var json: JSONValue {
        .object(
            counts.sorted { $0.key < $1.key }.map { route, statuses in
                .init(
                    route,
                    .object(
                        statuses.sorted { $0.key < $1.key }.map { status, count in
                            .init(String(status), .integer(count))
                        }))
            })
    }
}
