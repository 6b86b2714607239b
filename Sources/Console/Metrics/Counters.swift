package import CoreMetrics
import Synchronization

/// Counters in this process's memory, which begin at 0 when it starts: a backend of swift-metrics for whatever Foxtrail
/// counts while it runs. Counters that are not named like ours, and all other kinds of metrics, go nowhere.
package final class Counters: MetricsFactory, Sendable {
    /// Bootstrapped for the whole process when it is first asked for; that can be done once only.
    package static let shared: Counters = {
        let counters = Counters()
        MetricsSystem.bootstrap(counters)
        return counters
    }()

    /// What our counters begin with.
    private static let prefix = "foxtrail_"

    private struct Key: Hashable {
        let name: String
        /// Names and values by turns.
        let labels: [String]
    }
    private let cells = Mutex<[Key: Cell]>([:])

    package init() {}

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        cell(label, dimensions) ?? NOOPMetricsHandler.instance
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        cell(label, dimensions) ?? NOOPMetricsHandler.instance
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler { NOOPMetricsHandler.instance }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        NOOPMetricsHandler.instance
    }

    /// Cells stay: a counter that begins anew would tell less than was counted.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    private func cell(_ name: String, _ labels: [(String, String)]) -> Cell? {
        guard name.hasPrefix(Counters.prefix) else { return nil }
        let key = Key(name: name, labels: labels.flatMap { [$0.0, $0.1] })
        return cells.withLock { cells in
            if let cell = cells[key] { return cell }
            let cell = Cell()
            cells[key] = cell
            return cell
        }
    }

    private final class Cell: CounterHandler, FloatingPointCounterHandler, Sendable {
        private let sum = Mutex(0.0)
        var value: Double { sum.withLock { $0 } }

        func increment(by amount: Int64) { increment(by: Double(amount)) }
        func increment(by amount: Double) { sum.withLock { $0 += amount } }
        func reset() { sum.withLock { $0 = 0 } }
    }

    /// All counters, sorted by name and labels.
    func write(to exposition: inout Exposition) {
        let values = cells.withLock { $0.mapValues(\.value) }
        for name in Set(values.keys.map(\.name)).sorted() {
            let keys = values.keys.filter { $0.name == name }.sorted { $0.labels.lexicographicallyPrecedes($1.labels) }
            exposition.add(
                name, .counter, Counters.help[name] ?? "Counted since the process started.",
                keys.map { key in
                    let labels = stride(from: 0, to: key.labels.count, by: 2)
                        .map { (name: key.labels[$0], value: key.labels[$0 + 1]) }
                    return Exposition.Sample(values[key] ?? 0, labels: labels)
                })
        }
    }

    private static let help = [
        "foxtrail_requests_total":
            "Requests made since the process started, each attempt; error where no whole answer came.",
        "foxtrail_request_waits_total": "Pauses before a request, since the process started.",
        "foxtrail_request_wait_seconds_total": "How long these pauses were meant to be.",
    ]
}
