package import HTTP

/// Posts messages to one address, signed as https://www.standardwebhooks.com has it, so that receivers verify them with
/// other people's code. A message may come more than once: its id tells.
package struct WebhookSender: Sendable {
    package enum Outcome: Sendable {
        /// Any 2xx.
        case delivered(status: Int)
        /// Another answer; the same message may be taken later.
        case refused(status: Int)
        /// 410: the receiver wants nothing any more of what is sent there.
        case gone
        /// - Parameter reason: In words, with what a person can do about it.
        case unreachable(reason: String, hints: [String])
    }

    private let url: String
    private let secret: WebhookSecret
    private let web: WebClient
    /// Milliseconds since 1970.
    private let now: @Sendable () -> Int64

    package init(url: String, secret: WebhookSecret, web: WebClient, now: @escaping @Sendable () -> Int64) {
        self.url = url
        self.secret = secret
        self.web = web
        self.now = now
    }

    /// What may pass is tried again as the client's policy says; redirects are answers like any other, and not followed.
    ///
    /// - Throws: `CancellationError` only.
    package func send(_ event: CloudEvent) async throws -> Outcome {
        let (body, time) = (event.bytes, now() / 1000)
        let request = WebRequest(
            .post, url, service: "the webhook",
            headers: [
                ("webhook-id", event.id), ("webhook-timestamp", String(time)),
                ("webhook-signature", secret.signature(id: event.id, time: time, body: body)),
            ],
            body: .data(body, type: "application/cloudevents+json; charset=utf-8"))
        do {
            let status = try await web.send(request).status
            if status == 410 { return .gone }
            return (200..<300).contains(status) ? .delivered(status: status) : .refused(status: status)
        } catch let error as WebError {
            return .unreachable(reason: error.message, hints: error.hints)
        }
    }

    /// How it is tried while somebody waits: for half a minute or so, and the rest is for another time.
    package static var patience: RetryPolicy {
        var policy = RetryPolicy()
        (policy.attempts, policy.attemptsWithoutConnection) = (3, 3)
        (policy.base, policy.cap, policy.longestRetryAfter) = (.seconds(1), .seconds(10), .seconds(20))
        return policy
    }
}
