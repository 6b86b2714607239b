import Synchronization

/// The replies still to be sent, and the requests that came.
final class Script: Sendable {
    private let state: Mutex<(replies: [Reply], requests: [String])>

    init(_ replies: [Reply]) {
        state = Mutex((replies, []))
    }

    var requests: [String] { state.withLock { $0.requests } }

    func replace(_ replies: [Reply]) {
        state.withLock { $0.replies = replies }
    }

    func take(_ request: String) -> Reply? {
        state.withLock { state in
            state.requests.append(request)
            return state.replies.count > 1 ? state.replies.removeFirst() : state.replies.first
        }
    }
}
