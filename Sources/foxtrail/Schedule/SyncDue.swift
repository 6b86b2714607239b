import ArgumentParser
import ContactSync
import Projections
import SyncEngine

struct SyncDue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "due", abstract: "Sync if the schedule asks for it; for cron and timers.",
        discussion: """
            Example: */10 * * * *  foxtrail sync due --quiet

            Runs the sync that is due, as `foxtrail schedule --help` tells it, and otherwise says when the next one is. Run it as \
            often as you like: what is due runs once. Where `foxtrail serve` runs nobody needs it.

            The schedule itself acts, unless an agent is named. With --json it prints the log object of the sync that it \
            ran, or {"due":false,"next":TIME}.

            Exit code 0 where nothing is due, also where nothing is set up to be synced; 75 where a sync is due and another \
            one is running; 78 where every tenant that should be synced was switched off because Entra ID does not let us \
            in. Otherwise those of sync run.
            """)
    @OptionGroup var global: GlobalOptions
    @Option(
        help: ArgumentHelp(
            "Decide as if it were this time, written as for --at. A sync that runs begins now all the same.",
            valueName: "time"))
    var now: String?

    func run() async throws {
        let models = try global.readModels()
        let actor = try ScheduleActor.name(global)
        let time = try now.map { try TimeArgument.end($0, named: "--now", models) } ?? Clock.now()
        let schedule = try models.read { try Schedule($0, now: time) }
        guard schedule.due(at: time, isSyncing: SyncLock.isHeld(home: global.directory)) != nil else {
            return try leave(schedule, time)
        }
        let session = SyncSession(global: global)
        let log: SyncLog
        do {
            log = try await session.run(as: actor) { try await $0.runDue(at: time, actor: $1) }
        } catch SyncError.notDue {
            return try leave(schedule, time)
        }
        try session.show(log)
        try session.conclude(log)
    }

    private func leave(_ schedule: Schedule, _ time: Int64) throws {
        let idle = schedule.hasWork ? nil : try NothingToSync.failure(global)
        if let idle, try NothingToSync.isLoss(global) { throw idle }
        let next = schedule.next(after: time)
        if global.json { return Output.json([("due", .bool(false)), ("next", JSONValue(next?.utc))]) }
        guard !global.quiet else { return }
        if let idle {
            Output.line("nothing to sync: \(idle.message)")
            for hint in idle.hints { Notice.hint(hint, quiet: false) }
        } else {
            Output.line("no sync is due; the next one is at \(next?.local ?? "no time")")
        }
    }
}

/// In whose name the schedule's syncs run.
enum ScheduleActor {
    /// The schedule's own, so that it does not end with the agent who set it up; an agent who is named must be permitted.
    static func name(_ global: GlobalOptions) throws -> String {
        global.actingEmail == nil ? ServiceActor.own : try global.permittedActor()
    }
}
