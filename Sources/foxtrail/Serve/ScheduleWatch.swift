import ArgumentParser
import ContactSync
import GRDB
import Logging
import Projections
import SyncEngine

/// Looks at how the schedule stands, and logs what has changed since the last look.
struct ScheduleWatch {
    struct State {
        let zone: String
        let next: Midnight?
        let due: Midnight?
        /// Why there is nothing to sync; nil where there is.
        let idle: Failure?

        /// For `systemctl status`.
        var status: String {
            if due != nil { return "a sync is due" }
            let next = next.map { "the next sync is due at \($0.local)" } ?? "no sync is due any more"
            return idle == nil ? next : "nothing would be synced"
        }
    }

    let global: GlobalOptions
    let logger: Logger
    private var hasSeen = false
    private var trouble: String?

    init(global: GlobalOptions, logger: Logger) {
        self.global = global
        self.logger = logger
    }

    /// Nil where it cannot be told for the moment, which is logged once: the disk is full, or somebody is writing for long;
    /// and, in a home that could be served before, an update of the system has taken away the time zone, say.
    mutating func look(at now: Int64) throws -> State? {
        do {
            let state = try state(at: now)
            (hasSeen, trouble) = (true, nil)
            return state
        } catch {
            let failure = Failure(describing: error)
            guard [.busy, .io].contains(failure.code) || hasSeen && failure.code == .configuration else {
                throw failure
            }
            if trouble != failure.message { logger.fail(failure, level: .warning) }
            trouble = failure.message
            return nil
        }
    }

    private func state(at now: Int64) throws -> State {
        let isSyncing = SyncLock.isHeld(home: global.directory)
        let (schedule, zone) = try ReadModels(home: global.directory).read { db in
            (try Schedule(db, now: now), try Installation.account(db)?.timeZone ?? "")
        }
        return State(
            zone: zone, next: schedule.next(after: now), due: schedule.due(at: now, isSyncing: isSyncing),
            idle: schedule.hasWork ? nil : try NothingToSync.failure(global))
    }

    func tell(_ state: State, after last: State?) {
        var metadata: Logger.Metadata = ["timeZone": .string(state.zone)]
        if let next = state.next { metadata["next"] = .string(next.local) }
        if let last {
            if state.next != last.next { logger.info("waiting for the next sync", metadata: metadata) }
        } else {
            let version = Foxtrail.configuration.version
            metadata["version"] = .string(version)
            metadata["home"] = .string(global.directory)
            logger.info("foxtrail serves", metadata: metadata)
        }
        if let idle = state.idle, idle.message != last?.idle?.message {
            logger.fail(idle, level: .warning)
        }
    }
}
