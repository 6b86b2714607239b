/// HappyFox counts reads and writes apart (KB 1148).
package enum RequestKind: String, Sendable {
    case get = "GET"
    case post = "POST"
}

/// Lets requests through one by one: whoever makes the client decides when the next may leave.
package struct RequestGate {
    /// Returns when a request may leave, having counted it.
    package let pass: (RequestKind) async throws -> Void
    /// HappyFox has answered 429, and asks to wait so long, where it says so.
    package let throttled: (Duration?) async throws -> Void
    /// Spends the pause before another attempt.
    package let sleep: (Duration) async throws -> Void

    package init(
        pass: @escaping (RequestKind) async throws -> Void, throttled: @escaping (Duration?) async throws -> Void,
        sleep: @escaping (Duration) async throws -> Void
    ) {
        self.pass = pass
        self.throttled = throttled
        self.sleep = sleep
    }

    /// For the few requests of a command.
    package static var open: RequestGate {
        RequestGate(
            pass: { _ in }, throttled: { _ in throw HappyFoxClient.tooManyRequests },
            sleep: { try await Task.sleep(for: $0) })
    }
}
