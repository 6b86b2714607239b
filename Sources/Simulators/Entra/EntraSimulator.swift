package import Logging

/// An HTTP server on this machine which speaks the Microsoft identity platform and Microsoft Graph v1.0, with a tenant of
/// its own. What it answers follows the published protocol; what it stores is made up from a seed.
package struct EntraSimulator: Sendable {
    private let configuration: Configuration
    private let logger: Logger
    private let service: EntraService

    /// Without a logger nothing short of a disaster is logged: Hummingbird calls it an error when a server is cancelled, which
    /// is how every simulator ends.
    package init(_ configuration: Configuration = Configuration(), logger: Logger? = nil) {
        self.configuration = configuration
        self.logger = logger ?? Self.quietLogger
        service = EntraService(configuration)
    }

    /// Serves until the task is cancelled. `onReady` is told the port once connections are accepted.
    package func run(onReady: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        let service = service
        try await LoopbackServer(port: configuration.port, tls: configuration.tls, logger: logger).run(
            answer: { service.answer($0) },
            onReady: onReady)
    }

    /// Runs a simulator for as long as `body` takes.
    package static func with<Result>(
        _ configuration: Configuration = Configuration(),
        _ body: (RunningSimulator) async throws -> Result
    ) async throws -> Result {
        let simulator = EntraSimulator(configuration)
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
            return try await body(RunningSimulator(port: port, simulator.service))
        }
    }

    /// Throws unless the PEM text holds a certificate that an application could sign with.
    package static func checkCertificate(_ pem: String) throws {
        _ = try RegisteredCertificate(pem: pem)
    }

    private static var quietLogger: Logger {
        var logger = Logger(label: "foxtrail.simulator.entra")
        logger.logLevel = .critical
        return logger
    }
}
