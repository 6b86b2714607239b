package import Logging

/// An HTTP server on this machine which speaks the HappyFox REST API 1.1 as far as contacts go, with an account of its own.
/// What it answers follows the published articles; where they are silent, `Behaviour` says what it does.
package struct HappyFoxSimulator: Sendable {
    private let configuration: Configuration
    private let logger: Logger
    private let service: HappyFoxService

    /// Without a logger nothing short of a disaster is logged.
    package init(_ configuration: Configuration = Configuration(), logger: Logger? = nil) {
        self.configuration = configuration
        self.logger = logger ?? .quiet("happyfox")
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
        return try await whileServing({ try await simulator.run(onReady: $0) }) { port in
            try await body(RunningHappyFox(port: port, simulator.service))
        }
    }
}
