import ContactSync
import Projections

/// How syncs went.
struct SyncMetrics {
    let log: SyncLog?
    let totals: [SyncTotal]
    /// Since when there is something to sync; nil where nothing is.
    let since: Int64?
    /// Milliseconds since 1970.
    let now: Int64

    func write(to exposition: inout Exposition) {
        writeTotals(to: &exposition)
        writeComplete(to: &exposition)
        if let log { write(log, to: &exposition) }
    }

    private func writeTotals(to exposition: inout Exposition) {
        exposition.add(
            "foxtrail_syncs_total", .counter, "Syncs that ended, by what began them and how they ended.",
            totals.map { Exposition.Sample(Double($0.syncs), labels: labels($0)) })
        exposition.add(
            "foxtrail_sync_seconds_total", .counter, "How long they took; nothing is known of interrupted ones.",
            totals.map { Exposition.Sample(Double($0.milliseconds) / 1000, labels: labels($0)) })
        exposition.add(
            "foxtrail_records_total", .counter, "Records of these syncs by outcome, each counted in each sync.",
            samples(
                new: totals.reduce(0) { $0 + $1.new }, existing: totals.reduce(0) { $0 + $1.existing },
                failed: totals.reduce(0) { $0 + $1.failed }))
    }

    /// An approval lets through what was held, and reads nothing.
    private func writeComplete(to exposition: inout Exposition) {
        let complete = totals.filter { $0.status == .completed && $0.trigger != .approved }
        let last = complete.max { $0.lastEnded < $1.lastEnded }
        let name = "foxtrail_last_complete_sync"
        if let began = last?.lastEnded ?? since {
            exposition.add(
                "\(name)_age_seconds", .gauge,
                "How long ago a sync last completed; where none has, how long one should have.",
                Double(max(0, now - began)) / 1000)
        }
        guard let last else { return }
        exposition.add("\(name)_timestamp_seconds", .gauge, "When a sync last completed.", time: last.lastEnded)
        exposition.add("\(name)_duration_seconds", .gauge, "How long it took.", Double(last.lastLasted) / 1000)
    }

    private func write(_ log: SyncLog, to exposition: inout Exposition) {
        let name = "foxtrail_last_sync"
        exposition.add("\(name)_start_timestamp_seconds", .gauge, "When the latest sync began.", time: log.startedAt)
        exposition.add("\(name)_end_timestamp_seconds", .gauge, "When it ended.", time: log.completedAt)
        exposition.add(
            "\(name)_status", .gauge, "1 for how it stands, 0 for how it does not.",
            [SyncLog.Status.running, .completed, .failed, .interrupted].map { status in
                Exposition.Sample(status == log.status ? 1 : 0, (name: "status", value: status.rawValue))
            })
        guard log.status != .running else { return }
        let totals = log.totals
        exposition.add(
            "\(name)_records", .gauge, "Its records by outcome.",
            samples(new: totals.new, existing: totals.existing, failed: totals.failed))
        exposition.add(
            "\(name)_held_records", .gauge, "How many of its failed records a guard holds.", Double(totals.held ?? 0))
    }

    private func labels(_ total: SyncTotal) -> [(name: String, value: String)] {
        [("trigger", total.trigger.rawValue), ("status", total.status.rawValue)]
    }

    private func samples(new: Int, existing: Int, failed: Int) -> [Exposition.Sample] {
        [("new", new), ("existing", existing), ("failed", failed)].map { outcome, count in
            Exposition.Sample(Double(count), (name: "outcome", value: outcome))
        }
    }
}
