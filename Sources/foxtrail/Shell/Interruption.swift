import Foundation
import Synchronization

/// Ctrl-C and SIGTERM for commands that have something to put in order first; all others end at once, as usual.
enum Interruption {
    private struct State {
        var cancel: (@Sendable () -> Void)?
        var signal: Int32?
        var sources: [any DispatchSourceSignal] = []
    }
    private static let state = Mutex(State())

    /// What the command that runs is cancelled by.
    static func prepare(_ cancel: @escaping @Sendable () -> Void) {
        state.withLock { $0.cancel = cancel }
    }

    /// From now on the first signal cancels the command; a second one ends the process.
    static func listen() {
        state.withLock { state in
            for number in [SIGINT, SIGTERM] where state.sources.count < 2 {
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { received(number) }
                source.resume()
                state.sources.append(source)
            }
        }
    }

    private static func received(_ number: Int32) {
        let cancel = state.withLock { state -> (@Sendable () -> Void)? in
            defer { state.signal = number }
            return state.signal == nil ? state.cancel : nil
        }
        if let cancel { cancel() } else { end() }
    }

    /// Ends the process with the code that a shell gives to one that the signal ended.
    static func end() -> Never { Foundation.exit(128 + (state.withLock { $0.signal } ?? SIGTERM)) }
}
