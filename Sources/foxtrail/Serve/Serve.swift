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
            A second signal ends it at once. To systemd (Type=notify) it says when it is ready, and when it stops.

            The console answers /healthz (the scheduler is at work), /readyz (a sync could begin and be recorded) and \
            /metrics (Prometheus) over plain HTTP, on loopback unless told otherwise. None of it names a person.

            Exit code 0: told to stop; 73: the address to listen on cannot be taken; 75: another instance serves this home; 76 and 78: the home directory cannot be \
            served, as any command would say.
            """)
    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("How log lines are written: text or json, one object a line.", valueName: "format"))
    var logFormat = LogFormat.text
    @Option(
        help: ArgumentHelp(
            "Where the console listens, or none; else 127.0.0.1:8736 where that is free.", valueName: "host:port"))
    var listen: ConsoleAddress?

    func run() async throws {
        // Without a journal there is nothing to lock.
        _ = try global.readModels()
        let actor = try ScheduleActor.name(global)
        let lock = try ServeLock(home: global.directory)
        defer { lock.release() }
        let logger = Logger(label: "foxtrail") { _ in ServiceLog(format: logFormat, quiet: global.quiet) }
        do {
            try await serve(services(actor, logger), logger)
        } catch {
            let failure = Failure(describing: error)
            logger.fail(failure, level: .critical)
            throw Finished(code: failure.code)
        }
        logger.info("stopped")
    }

    /// All that runs for as long as the command does.
    private func services(_ actor: String, _ logger: Logger) -> [any Service] {
        let pulse = Pulse()
        let next = Upcoming()
        let scheduler = Scheduler(
            global: global, actor: actor, logger: logger, beat: { pulse.beat(at: $0) }, foresee: { next.at = $0 })
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
        let group = ServiceGroup(services: services, logger: ServiceLog.silent)
        Interruption.prepare {
            logger.info("stopping")
            ServiceManager.tell("STOPPING=1")
            Task { await group.triggerGracefulShutdown() }
        }
        Interruption.listen()
        try await group.run()
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
