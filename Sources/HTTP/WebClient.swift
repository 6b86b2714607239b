internal import AsyncHTTPClient
import FoundationEssentials
import Synchronization

/// Sends requests, tries again what may pass, and hands over whole responses only.
///
/// Redirects are not followed: a token must not travel to where an answer points. Shared by everything that talks to
/// the outside, so that connections are kept and requests are counted once.
package final class WebClient: Sendable {
    let settings: WebSettings
    let direct: HTTPClient
    let proxied: HTTPClient?
    let proxy: ProxySettings?
    private let sent = Mutex(0)

    /// - Throws: A `WebError` of kind `settings` where the certificate file or the proxy cannot be used.
    package init(_ settings: WebSettings = WebSettings()) throws(WebError) {
        self.settings = settings
        let proxy = try ProxySettings(environment: settings.environment)
        let configuration = try settings.clientConfiguration()
        self.proxy = proxy
        direct = HTTPClient(configuration: configuration)
        proxied = proxy.map { HTTPClient(configuration: configuration.through($0)) }
    }

    deinit {
        // Closing twice does no harm; HTTPClient stops a debug build that was never closed.
        direct.shutdown { _ in }
        proxied?.shutdown { _ in }
    }

    /// Closes all connections. Requests under way fail.
    package func shutdown() async {
        try? await direct.shutdown()
        try? await proxied?.shutdown()
    }

    /// Attempts made since the client was made, failed ones included.
    package var requestsSent: Int { sent.withLock { $0 } }

    /// Sends a request until it brings a response that is not about passing trouble.
    ///
    /// - Returns: The response, whatever its status.
    /// - Throws: `WebError`, or `CancellationError`.
    package func send(_ request: WebRequest) async throws -> WebResponse {
        try await send(request) { .value($0) }
    }

    /// Sends a request until its response can be read.
    ///
    /// - Parameter read: Called for every response whose status RetryPolicy does not retry, of whatever status.
    /// - Throws: `WebError`, or `CancellationError`.
    package func send<Value: Sendable>(
        _ request: WebRequest, read: (WebResponse) -> Reading<Value>
    ) async throws -> Value {
        let origin = try permitted(request)
        var state = RetryState(settings.retry)
        while true {
            switch try await attempt(request, to: origin, read) {
            case .read(let value): return value
            case .failed(let outcome, let error):
                let now = Int64(Date().timeIntervalSince1970)
                switch state.evolve(outcome, jitter: .random(in: 0...1), now: now) {
                case .giveUp(let reason): throw error.after(reason)
                case .retry(let duration, let reason):
                    settings.onWait(
                        Wait(service: request.service, reason: reason, duration: duration, attempt: state.attempts))
                    WebMetrics.waited(for: request.service, reason.name, duration)
                    try await settings.sleep(duration)
                }
            }
        }
    }

    /// Sends a request as `send(_:)` does, but does not drop it at once where the task is cancelled: what came of something
    /// that is under way is worth a moment.
    ///
    /// - Parameter grace: How long it may take from the cancellation on.
    package func send(_ request: WebRequest, finishingWithin grace: Duration) async throws -> WebResponse {
        try Task.checkCancellation()
        let work = Task { try await send(request) }
        return try await withTaskCancellationHandler {
            try await work.value
        } onCancel: {
            Task {
                try? await Task.sleep(for: grace)
                work.cancel()
            }
        }
    }

    func count() { sent.withLock { $0 += 1 } }

    private func permitted(_ request: WebRequest) throws(WebError) -> WebOrigin {
        guard let origin = WebOrigin(request.url) else {
            throw WebError(.notAllowed, "not a web address that \(request.service) could be asked at")
        }
        guard origin.scheme == "https" || origin.isLoopback else {
            throw WebError(
                .notAllowed, "plain http to \(origin.host) is not allowed", host: origin.host,
                hints: ["use https; http is for this machine only (localhost, 127.0.0.1, ::1)"])
        }
        return origin
    }
}
