internal import Glibc
internal import Hummingbird
internal import HummingbirdCore
package import Logging
internal import NIOCore
internal import ServiceLifecycle

/// Serves health and metrics for as long as it runs: `/healthz`, `/readyz` and `/metrics`, read-only, over plain HTTP.
///
/// Whoever can reach the address may read them. They hold numbers, words of ours and tenant ids; no secret, and nothing of
/// any person. So the Host header is not checked either: a page in a browser that got here by a trick would learn no more.
package struct ConsoleServer: Service {
    private let host: String
    private let port: Int
    private let pages: ConsolePages
    private let logger: Logger
    private let onReady: @Sendable (Int) async -> Void

    /// Takes no port yet. The process counts as started now.
    ///
    /// - Parameters:
    ///   - host: An address of this machine; loopback unless an admin said otherwise.
    ///   - port: 0 takes a free one.
    ///   - home: The home directory, which is only ever read.
    ///   - pulse: What the scheduler beats.
    ///   - version: That of this foxtrail.
    ///   - now: The time, in milliseconds since 1970.
    ///   - nextSync: When the next sync is due, in milliseconds since 1970.
    ///   - counters: What requests are counted in: `shared` is bootstrapped for swift-metrics.
    ///   - onReady: Told the port once it is taken.
    package init(
        host: String, port: Int, home: String, pulse: Pulse, version: String,
        now: @escaping @Sendable () -> Int64, nextSync: @escaping @Sendable () -> Int64? = { nil },
        counters: Counters = .shared,
        logger: Logger = Logger(label: "foxtrail.console"), onReady: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.host = host
        self.port = port
        self.logger = logger
        self.onReady = onReady
        pages = ConsolePages(
            home: home, pulse: pulse, counters: counters,
            process: ProcessMetrics(version: version, startedAt: now()), now: now, nextSync: nextSync)
    }

    /// Serves until the group shuts down gracefully or the task is cancelled.
    ///
    /// - Throws: `ConsoleError` where the address cannot be taken.
    package func run() async throws {
        let onReady = onReady
        let application = Application(
            responder: ConsoleResponder(pages: pages),
            configuration: .init(address: .hostname(host, port: port)),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? 0) },
            logger: logger)
        do {
            try await application.run()
        } catch is CancellationError {
            return
        } catch let error as IOError {
            throw ConsoleError(error, host: host, port: port) ?? error
        } catch is SocketAddressError.UnknownHost {
            throw ConsoleError.noSuchAddress(host: host)
        }
    }
}

extension ConsoleError {
    fileprivate init?(_ error: IOError, host: String, port: Int) {
        switch error.errnoCode {
        case EADDRINUSE: self = .addressInUse(host: host, port: port)
        case EACCES: self = .notAllowed(host: host, port: port)
        case EADDRNOTAVAIL: self = .noSuchAddress(host: host)
        default: return nil
        }
    }
}
