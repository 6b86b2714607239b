/// How soon after one attempt the next one may follow. By a clock that nobody sets.
struct RetryPace {
    private static let shortest: Int64 = 60
    private static let longest: Int64 = 3600

    /// How long the last pause was to be.
    private(set) var seconds = RetryPace.shortest
    private(set) var isWaiting = false
    private var failures = 0
    private var end: ContinuousClock.Instant?

    var isOver: Bool { end.map { .now >= $0 } ?? true }

    /// Whatever the clocks do, syncs do not follow each other at once.
    mutating func succeed() {
        (failures, isWaiting) = (0, false)
        pause(RetryPace.shortest)
    }

    mutating func wait() {
        isWaiting = true
        pause(RetryPace.shortest)
    }

    /// Each further failure in a row doubles the pause.
    mutating func fail() {
        isWaiting = false
        pause(min(RetryPace.shortest << min(failures, 6), RetryPace.longest))
        failures += 1
    }

    private mutating func pause(_ seconds: Int64) {
        self.seconds = seconds
        end = .now + .seconds(seconds)
    }
}
