import ArgumentParser
import Console
import Foundation
import Logging
import Projections
import ServiceLifecycle
import Synchronization

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the schedule until told to stop.",
        discussion: """
            Example: foxtrail serve --log-format json
                     foxtrail serve --listen 127.0.0.1:9000

            Runs each sync when it is due, as `foxtrail schedule --help` tells it; one that was missed runs at once. Whatever \
            other commands change counts at the next look, at most half a minute later. One instance per home directory.

            It logs to stderr. A sync that fails is logged with what to do and does not end the service. SIGTERM or Ctrl-C \
            ends it: a sync at work finishes the page or the request that it is at, and the next start goes on from there. \
            A second signal ends it at once. To systemd (Type=notify) it says what it is at, when it is ready, and when it \
            stops; and, after an upgrade, that it needs more time to read its journal anew.

            The schedule acts in its own name unless an agent is named. One who may no longer act when a sync is due is \
            logged as an error, and the sync runs in the schedule's name.

            The console answers /healthz (the scheduler is at work), /readyz (a sync could begin and be recorded) and \
            /metrics (Prometheus) over plain HTTP, on loopback unless told otherwise. None of it names a person.

            Exit code 0: told to stop; 73: the address to listen on cannot be taken; 75: another instance serves this \
            home; 76 and 78: the home directory cannot be served, as any command would say; 77: who is named was never an \
            agent here.
            """)
    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("How log lines are written: text or json, one object a line.", valueName: "format"))
    var logFormat = LogFormat.text
    @Option(
        help: ArgumentHelp(
            "Where the console listens, or none; else 127.0.0.1:8736 where that is free.", valueName: "host:port"))
    var listen: ConsoleAddress?

    func run() async throws {
        let logger = Logger(label: "foxtrail") { _ in ServiceLog(format: logFormat, quiet: global.quiet) }
        // Without a journal there is nothing to lock.
        try fold(logger)
        let actor = try ServiceActor(global, logger)
        let lock = try ServeLock(home: global.directory)
        defer { lock.release() }
        do {
            try await serve(services(actor, logger), logger)
        } catch {
            let failure = Failure(describing: error)
            logger.fail(failure, level: .critical)
            throw Finished(code: failure.code)
        }
        logger.info("stopped")
    }

    /// Brings the read models up to the journal. A signal ends the process at once here: nothing is half done.
    private func fold(_ logger: Logger) throws {
        let line = ProgressLine(quiet: global.quiet, log: { logger.info("\($0)") })
        _ = try ReadModels(home: global.directory) { events, all in
            line.show("folding", events, of: all, unit: "events")
            ServiceManager.tellFolding(events, of: all)
        }
    }

    /// All that runs for as long as the command does.
    private func services(_ actor: ServiceActor, _ logger: Logger) -> [any Service] {
        let pulse = Pulse()
        let next = Upcoming()
        let scheduler = Scheduler(
            global: global, actor: actor, logger: logger, beat: { pulse.beat(at: Clock.now(), before: $0) },
            foresee: { next.at = $0 })
        let notices = NoticeWatch(global: global, actor: actor, logger: logger)
        guard case .at(let host, let port) = listen ?? .usual else { return [scheduler, notices] }
        let server = ConsoleServer(
            host: host, port: port, home: global.directory, pulse: pulse, version: Foxtrail.version,
            now: { Clock.now() }, nextSync: { next.at }, logger: ServiceLog.silent
        ) { port in
            let url = "http://\(ConsoleAddress.text(host: host, port: port))"
            logger.info("the console listens", metadata: ["url": .string(url)])
        }
        return [scheduler, notices, ServeConsole(server: server, isAsked: listen != nil, logger: logger)]
    }

    private func serve(_ services: [any Service], _ logger: Logger) async throws {
        let (signals, signal) = AsyncStream.makeStream(of: Void.self)
        Interruption.prepare { signal.finish() }
        Interruption.listen()
        let stop = ServiceGroupConfiguration.ServiceConfiguration(
            service: StopSignal(signals: signals, logger: logger),
            successTerminationBehavior: .gracefullyShutdownGroup)
        try await ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0) } + [stop], logger: ServiceLog.silent)
        ).run()
    }
}

/// Ends all services when the process is told to stop.
private struct StopSignal: Service {
    let signals: AsyncStream<Void>
    let logger: Logger

    func run() async throws {
        for await _ in signals.cancelOnGracefulShutdown() {}
        guard !Task.isShuttingDownGracefully else { return }
        logger.info("stopping")
        ServiceManager.tell("STOPPING=1")
    }
}

enum LogFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json
}

/// When the next sync is due, from the scheduler to the console.
private final class Upcoming: Sendable {
    private let value = Mutex<Int64?>(nil)

    var at: Int64? {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }
}
