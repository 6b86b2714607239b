import Synchronization

/// Tells whether the scheduler is still at work: it beats, and whoever asks hears how long ago.
///
/// Time is measured by a clock that nobody can set and that stands while the machine sleeps: neither a jump of the wall
/// clock nor a suspended laptop makes a healthy process look dead.
package final class Pulse: Sendable {
    private struct Beat {
        var at: Int64?
        var instant: SuspendingClock.Instant
    }
    private let last: Mutex<Beat>
    private let limit: Duration

    /// Counts as a beat.
    ///
    /// - Parameters:
    ///   - limit: How long without a beat is still life.
    ///   - start: When that was.
    package init(limit: Duration = .seconds(300), start: SuspendingClock.Instant = .now) {
        last = Mutex(Beat(at: nil, instant: start))
        self.limit = limit
    }

    /// Called at every tick, and by a sync at every step.
    ///
    /// - Parameter milliseconds: The wall clock's time since 1970, which is only shown.
    package func beat(at milliseconds: Int64) {
        last.withLock { $0 = Beat(at: milliseconds, instant: SuspendingClock.now) }
    }

    /// How long ago the last beat was.
    package var age: Duration { last.withLock { $0.instant }.duration(to: SuspendingClock.now) }

    package var isAlive: Bool { age <= limit }

    /// The wall clock's time of the last beat in milliseconds since 1970; nil before the first.
    package var lastAt: Int64? { last.withLock { $0.at } }
}
