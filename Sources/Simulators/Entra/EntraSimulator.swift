package import Logging

/// An HTTP server on this machine which speaks the Microsoft identity platform and Microsoft Graph v1.0, with a tenant of
/// its own. What it answers follows the published protocol; what it stores is made up from a seed.
package struct EntraSimulator: Sendable {
    private let configuration: Configuration
    private let logger: Logger
    private let service: EntraService

    /// Without a logger nothing short of a disaster is logged.
    package init(_ configuration: Configuration = Configuration(), logger: Logger? = nil) {
        self.configuration = configuration
        self.logger = logger ?? .quiet("entra")
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
        return try await whileServing({ try await simulator.run(onReady: $0) }) { port in
            try await body(RunningSimulator(port: port, simulator.service))
        }
    }

    /// Throws unless the PEM text holds a certificate that an application could sign with.
    package static func checkCertificate(_ pem: String) throws {
        _ = try RegisteredCertificate(pem: pem)
    }
}
