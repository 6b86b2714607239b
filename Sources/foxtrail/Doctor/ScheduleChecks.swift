import ContactSync
import GRDB
import Projections
import SyncEngine

/// Whether somebody runs what is due, and by which clock.
struct ScheduleChecks {
    /// A sync that is due for longer than that, in milliseconds, is one that nobody runs.
    private static let patience: Int64 = 3_600_000
    private static let daysCompared: Int64 = 731

    let models: ReadModels

    func findings() -> [Finding] {
        do {
            let now = Clock.now()
            let (schedule, log, zone) = try models.read { db in
                (try Schedule(db, now: now), try SyncLog.fetch(db), try Installation.account(db)?.timeZone ?? "")
            }
            return [due(schedule, log, now), data(zone, now)]
        } catch {
            return [Finding("schedule", failed: error)]
        }
    }

    private func due(_ schedule: Schedule, _ log: SyncLog?, _ now: Int64) -> Finding {
        guard let next = schedule.next(after: now) else { return Finding("schedule", .warn, "no sync is due any more") }
        guard let due = schedule.due(at: now, isSyncing: SyncLock.isHeld(home: models.home)) else {
            return Finding("schedule", .ok, "the next sync is due at \(next.local)")
        }
        guard now - due.at > ScheduleChecks.patience else {
            return Finding("schedule", .ok, "a sync is due since \(due.local)")
        }
        let advice = "run foxtrail serve as a service, or foxtrail sync due from cron"
        if let log, log.startedAt >= due.at, log.status == .completed || log.status == .failed {
            return Finding(
                "schedule", .warn,
                "nobody runs the schedule: the sync of \(due.local) is due, and others ran since then",
                advice: advice)
        }
        return Finding(
            "schedule", .fail(.configuration), "nobody runs the schedule: a sync is due since \(due.local)",
            advice: advice)
    }

    /// All goes by the system's database where there is one, and by what is compiled into foxtrail else.
    private func data(_ zone: String, _ now: Int64) -> Finding {
        let check = "time zone data"
        guard let system = ZoneRules(system: zone) else {
            return Finding(
                check, .warn,
                "the system has no data on \(zone): foxtrail's own is used, which changes only with foxtrail",
                advice: "install the time zone database (tzdata)")
        }
        guard let builtIn = ZoneRules(builtIn: zone) else {
            return Finding(check, .ok, "the system's; foxtrail's own does not know \(zone)")
        }
        let (ours, theirs) = (Midnights(builtIn), Midnights(system))
        let today = system.day(at: now / 1000).number
        let odd = (today..<today + ScheduleChecks.daysCompared).map { CivilDay($0) }.first {
            ours.start(of: $0) != theirs.start(of: $0)
        }
        guard let odd else {
            return Finding(check, .ok, "the system's, and foxtrail's own agrees for the next two years")
        }
        return Finding(
            check, .warn, "the system and foxtrail disagree on when \(odd) begins: foxtrail goes by the system",
            advice: "update whichever is older: the time zone database (tzdata), or foxtrail")
    }
}
