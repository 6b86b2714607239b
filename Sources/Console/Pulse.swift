import Synchronization

/// Tells whether the scheduler is still at work: it beats, and whoever asks hears how long ago. A pause that is known in
/// advance, such as a throttled service asks for, is announced by the beat before it.
///
/// Time is measured by a clock that nobody can set and that stands while the machine sleeps: neither a jump of the wall
/// clock nor a suspended laptop makes a healthy process look dead.
package final class Pulse: Sendable {
    private struct Beat {
        var at: Int64?
        var instant: SuspendingClock.Instant
        /// The pause that was announced.
        var pause = Duration.zero
    }
    private let last: Mutex<Beat>
    private let limit: Duration

    /// Counts as a beat.
    ///
    /// - Parameters:
    ///   - limit: How long without a beat is still life. One request may take ten minutes, and nothing is heard of it
    ///     until it is over.
    ///   - start: When that was.
    package init(limit: Duration = .seconds(900), start: SuspendingClock.Instant = .now) {
        last = Mutex(Beat(at: nil, instant: start))
        self.limit = limit
    }

    /// Called at every tick, and by a sync at every step.
    ///
    /// - Parameters:
    ///   - milliseconds: The wall clock's time since 1970, which is only shown.
    ///   - pause: How long there will be no beat, because something is waited for.
    package func beat(at milliseconds: Int64, before pause: Duration = .zero) {
        last.withLock { $0 = Beat(at: milliseconds, instant: SuspendingClock.now, pause: max(.zero, pause)) }
    }

    /// How long ago the last beat was.
    package var age: Duration { last.withLock { $0.instant }.duration(to: SuspendingClock.now) }

    package var isAlive: Bool {
        let last = last.withLock { $0 }
        return last.instant.duration(to: SuspendingClock.now) <= limit + last.pause
    }

    /// The wall clock's time of the last beat in milliseconds since 1970; nil before the first.
    package var lastAt: Int64? { last.withLock { $0.at } }
}
