import FoundationEssentials

/// How a `WebClient` behaves. Everything has a value that suits an unattended daily run.
package struct WebSettings: Sendable {
    /// A PEM file with certificates that are trusted besides the system's.
    package var certificateFile: String?
    /// Where the proxy is read from: `HTTPS_PROXY` and `NO_PROXY`, in either case.
    package var environment = ProcessInfo.processInfo.environment
    /// The longest wait for a connection, TLS included.
    package var connectTimeout: Duration = .seconds(10)
    /// The longest silence in the middle of an attempt.
    package var idleTimeout: Duration = .seconds(60)
    /// The longest attempt altogether: a body that drips for ever is cut off here.
    package var attemptTimeout: Duration = .seconds(600)
    /// The largest body, in bytes after decompression.
    package var maximumBody = 64 << 20
    /// When an attempt is made again.
    package var retry = RetryPolicy()
    /// Told of every pause before it begins.
    package var onWait: @Sendable (Wait) -> Void = { _ in }
    /// How pauses are spent; tests need not.
    package var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    /// Settings with every default, the environment read now.
    package init() {}
}
