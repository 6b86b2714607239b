import ContactSync
import HTTPTypes

/// The three pages.
struct ConsolePages: Sendable {
    let home: String
    let pulse: Pulse
    let counters: Counters
    let process: ProcessMetrics
    /// Milliseconds since 1970.
    let now: @Sendable () -> Int64
    /// When the next sync is due, in milliseconds since 1970.
    let nextSync: @Sendable () -> Int64?

    /// Whether the process does its work: whoever restarts it looks here.
    func health() -> Page {
        let age = pulse.age.components.seconds
        return Page(
            json: [("healthy", .bool(pulse.isAlive)), ("secondsSinceBeat", .number(String(age)))], pulse.isAlive)
    }

    /// Whether it can do its work: whoever alarms somebody looks here, for restarting mends nothing of this.
    func readiness() -> Page {
        let checks = Readiness(home: home).checks()
        let failing = checks.filter { $0.trouble != nil }
        return Page(
            json: [
                ("ready", .bool(failing.isEmpty)), ("failing", .array(failing.map { .string($0.name) })),
                ("checks", .object(checks.map { ($0.name, .string($0.trouble ?? "ok")) })),
            ], failing.isEmpty)
    }

    func metrics() -> Page {
        var exposition = Exposition()
        let now = now()
        HomeMetrics(home: home, now: now).write(to: &exposition)
        exposition.add(
            "foxtrail_next_sync_timestamp_seconds", .gauge, "When the next scheduled sync is due.", time: nextSync())
        exposition.add(
            "foxtrail_scheduler_beat_timestamp_seconds", .gauge,
            "When the scheduler last looked whether a sync is due.",
            time: pulse.lastAt)
        counters.write(to: &exposition)
        process.write(to: &exposition)
        return Page(status: .ok, type: .metrics, text: exposition.text)
    }
}

extension Page {
    /// 200 where it is well, else 503.
    fileprivate init(json members: [(key: String, value: JSONValue)], _ isWell: Bool) {
        let text = String(decoding: CanonicalJSON(.object(members)).bytes, as: UTF8.self)
        self.init(status: isWell ? .ok : .serviceUnavailable, type: .json, text: text + "\n")
    }
}
