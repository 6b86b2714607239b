import Console
import Logging
import ServiceLifecycle

/// The console as a service beside the scheduler.
struct ServeConsole: Service {
    let server: ConsoleServer
    /// A port that nobody asked for is no reason not to sync: a second account's service finds it taken.
    let isAsked: Bool
    let logger: Logger

    func run() async throws {
        do {
            try await server.run()
        } catch let error as ConsoleError where !isAsked {
            let failure = Failure(describing: error)
            logger.fail(
                Failure(failure.code, "serving without health and metrics: \(failure.message)", failure.hints),
                level: .warning)
            try await gracefulShutdown()
        }
    }
}
