import Synchronization

/// A clock that goes on only when it is asked, or told to.
final class VirtualClock: Sendable {
    private struct State {
        var time: Int64 = 1_700_000_000_000
        var tick: Int64 = 1000
    }
    private let state = Mutex(State())

    /// Milliseconds since 1970.
    var time: Int64 { state.withLock { $0.time } }

    func advance(_ milliseconds: Int64) { state.withLock { $0.time += milliseconds } }

    /// From now on every look at it takes so long, in milliseconds.
    func setTick(_ milliseconds: Int64) { state.withLock { $0.tick = milliseconds } }

    func tick() -> Int64 {
        state.withLock { state in
            state.time += state.tick
            return state.time
        }
    }
}
