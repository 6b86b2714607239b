internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Receives the redirect that ends a sign-in or a consent, on a port of this machine that happens to be free.
///
/// The platform ignores the port of a registered `http://localhost`
/// (learn.microsoft.com/entra/identity-platform/reply-url).
package struct RedirectListener: Sendable {
    /// Such as `http://localhost:40123/`.
    package let redirectURI: String
    private let answer: EventLoopPromise<String>

    /// Listens for as long as the body takes, and no longer.
    ///
    /// - Parameter timeout: When `query()` gives up.
    package static func run<Value>(
        timeout: Duration = .seconds(900), _ body: (RedirectListener) async throws -> Value
    ) async throws -> Value {
        let group = MultiThreadedEventLoopGroup.singleton
        let answer = group.next().makePromise(of: String.self)
        let deadline = group.next().scheduleTask(in: TimeAmount(timeout)) { answer.fail(EntraError.nobodyCame) }
        defer {
            deadline.cancel()
            answer.fail(CancellationError())
        }
        let channel = try await bind(group, answer)
        let listener = RedirectListener(
            redirectURI: "http://localhost:\(channel.localAddress?.port ?? 0)/", answer: answer)
        let result: Result<Value, any Error>
        do { result = .success(try await body(listener)) } catch { result = .failure(error) }
        try? await channel.close()
        return try result.get()
    }

    private static func bind(
        _ group: any EventLoopGroup, _ answer: EventLoopPromise<String>
    ) async throws -> any Channel {
        try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(RedirectHandler(answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    /// The query of the redirect, as it came: whether it is the right one is for who asked to say.
    ///
    /// - Throws: `EntraError` when nobody came in time, or `CancellationError`.
    package func query() async throws -> String {
        try await withTaskCancellationHandler {
            try await answer.futureResult.get()
        } onCancel: {
            answer.fail(CancellationError())
        }
    }
}

extension EntraError {
    fileprivate static let nobodyCame = EntraError(
        .authorizationRefused, "nobody completed the sign-in in the browser in time",
        hints: ["authorize the tenant again, or use a device code where this machine has no browser"])
}
