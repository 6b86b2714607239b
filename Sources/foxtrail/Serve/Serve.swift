import ArgumentParser
import Foundation
import Logging
import Projections
import ServiceLifecycle

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the schedule until told to stop.",
        discussion: """
            Example: foxtrail serve --log-format json

            Runs each sync when it is due, as `foxtrail schedule --help` tells it; one that was missed runs at once. Whatever \
            other commands change counts at the next look, at most half a minute later. One instance per home directory.

            It logs to stderr. A sync that fails is logged with what to do and does not end the service. SIGTERM or Ctrl-C \
            ends it: a sync at work finishes the page or the request that it is at, and the next start goes on from there. \
            A second signal ends it at once. To systemd (Type=notify) it says when it is ready, and when it stops.

            Exit code 0: told to stop; 75: another instance serves this home; 76 and 78: the home directory cannot be \
            served, as any command would say.
            """)
    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("How log lines are written: text or json, one object a line.", valueName: "format"))
    var logFormat = LogFormat.text

    func run() async throws {
        // Without a journal there is nothing to lock.
        _ = try global.readModels()
        let actor = try ScheduleActor.name(global)
        let lock = try ServeLock(home: global.directory)
        defer { lock.release() }
        let logger = Logger(label: "foxtrail") { _ in ServiceLog(format: logFormat, quiet: global.quiet) }
        do {
            try await serve(Scheduler(global: global, actor: actor, logger: logger), logger)
        } catch {
            let failure = Failure(describing: error)
            logger.fail(failure, level: .critical)
            throw Finished(code: failure.code)
        }
        logger.info("stopped")
    }

    private func serve(_ scheduler: Scheduler, _ logger: Logger) async throws {
        // Whatever else is to run as long as this does is one more service here.
        let group = ServiceGroup(services: [scheduler], logger: logger)
        Interruption.prepare {
            logger.info("stopping")
            Readiness.tell("STOPPING=1")
            Task { await group.triggerGracefulShutdown() }
        }
        Interruption.listen()
        try await group.run()
    }
}

enum LogFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json
}
