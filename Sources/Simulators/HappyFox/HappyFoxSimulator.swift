package import Logging

/// An HTTP server on this machine which speaks the HappyFox REST API 1.1 as far as contacts go, with an account of its own.
/// What it answers follows the published articles; where they are silent, `Behaviour` says what it does.
package struct HappyFoxSimulator: Sendable {
    private let configuration: Configuration
    private let logger: Logger
    private let service: HappyFoxService

    /// Without a logger nothing short of a disaster is logged: Hummingbird calls it an error when a server is cancelled, which
    /// is how every simulator ends.
    package init(_ configuration: Configuration = Configuration(), logger: Logger? = nil) {
        self.configuration = configuration
        self.logger = logger ?? Self.quietLogger
        service = HappyFoxService(configuration)
    }

    /// Serves until the task is cancelled. `onReady` is told the port once connections are accepted.
    package func run(onReady: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        let service = service
        try await LoopbackServer(port: configuration.port, tls: configuration.tls, logger: logger).run(
            answer: { try await service.answer($0) },
            onReady: onReady)
    }

    /// Runs a simulator for as long as `body` takes.
    package static func with<Result>(
        _ configuration: Configuration = Configuration(),
        _ body: (RunningHappyFox) async throws -> Result
    ) async throws -> Result {
        let simulator = HappyFoxSimulator(configuration)
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { ready.finish() }
                try await simulator.run { ready.yield($0) }
            }
            defer { group.cancelAll() }
            guard let port = await ports.first(where: { _ in true }) else {
                try await group.waitForAll()
                throw CancellationError()
            }
            return try await body(RunningHappyFox(port: port, simulator.service))
        }
    }

    private static var quietLogger: Logger {
        var logger = Logger(label: "foxtrail.simulator.happyfox")
        logger.logLevel = .critical
        return logger
    }
}
