import ContactSync
import Foundation
import Logging
import Projections
import ServiceLifecycle
import SyncEngine

/// Runs each sync when it is due.
///
/// It looks at the wall clock and at the journal at least twice a minute, so that nothing has to be told to it: a machine
/// that slept, a clock that was set, another time zone, a tenant that was switched on.
struct Scheduler: Service {
    private static let longestSleep: Int64 = 30_000

    let global: GlobalOptions
    let actor: ServiceActor
    let logger: Logger
    /// Called at each look, and at each step of a sync, with how long there will be no further one because something is
    /// waited for: whoever listens knows that this is alive.
    var beat: @Sendable (Duration) -> Void = { _ in }
    /// Called at each look with when the next sync is due, in milliseconds since 1970.
    var foresee: @Sendable (Int64?) -> Void = { _ in }

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await loop() }
        } catch is CancellationError {}
    }

    private func loop() async throws {
        var watch = ScheduleWatch(global: global, logger: logger)
        var pace = RetryPace()
        var told: ScheduleWatch.State?
        while true {
            try Task.checkCancellation()
            let now = Clock.now()
            beat(.zero)
            let state = try watch.look(at: now)
            if let state {
                foresee(state.next?.at)
                let isFirst = told == nil
                if isFirst || state.due == nil {
                    watch.tell(state, after: told)
                    told = state
                }
                ServiceManager.tell((isFirst ? "READY=1\n" : "") + "STATUS=\(state.status)")
                if let due = state.due, pace.isOver {
                    await run(due, wasMissed: isFirst, &pace)
                    continue
                }
            }
            let left = state?.next.map { $0.at - now } ?? Scheduler.longestSleep
            try await Task.sleep(for: .milliseconds(min(left, Scheduler.longestSleep)))
        }
    }

    /// Whatever a sync ends with, the next one is tried.
    private func run(_ due: Midnight, wasMissed: Bool, _ pace: inout RetryPace) async {
        if !pace.isWaiting {
            let words = wasMissed ? "a sync was missed, and runs now" : "a sync is due"
            logger.info("\(words)", metadata: ["due": .string(due.local)])
        }
        let logger = logger
        let session = SyncSession(global: global, log: { logger.info("\($0)") }, stepped: beat)
        let began = ContinuousClock.now
        do {
            let log = try await session.run(as: actor.name()) { try await $0.runDue(at: Clock.now(), actor: $1) }
            pace.succeed()
            SyncRecord(log: log, session: session, logger: logger).tell(ContinuousClock.now - began)
        } catch SyncError.notDue {
            pace.succeed()
        } catch SyncError.busy {
            if !pace.isWaiting { logger.info("another sync is running: waiting for it") }
            pace.wait()
        } catch is CancellationError where Task.isCancelled {
            logger.info("interrupted in the middle of a sync: what was done stands, and the next start goes on")
        } catch {
            pace.fail()
            logger.fail(Failure(describing: error), ["retryInSeconds": .number(pace.seconds)])
        }
    }
}
