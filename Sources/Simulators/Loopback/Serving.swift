internal import Logging

/// Runs a server for as long as `body` takes, which is told its port.
func whileServing<Result>(
    _ run: @escaping @Sendable (_ onReady: @escaping @Sendable (Int) async -> Void) async throws -> Void,
    _ body: (Int) async throws -> Result
) async throws -> Result {
    let (ports, ready) = AsyncStream.makeStream(of: Int.self)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { ready.finish() }
            try await run { ready.yield($0) }
        }
        defer { group.cancelAll() }
        guard let port = await ports.first(where: { _ in true }) else {
            try await group.waitForAll()
            throw CancellationError()
        }
        return try await body(port)
    }
}

extension Logger {
    /// Hummingbird calls it an error when a server is cancelled, which is how every simulator ends.
    static func quiet(_ name: String) -> Logger {
        var logger = Logger(label: "foxtrail.simulator.\(name)")
        logger.logLevel = .critical
        return logger
    }
}
