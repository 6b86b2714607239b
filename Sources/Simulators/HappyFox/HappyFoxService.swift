internal import Synchronization

/// The simulator without its sockets: a request goes in, an answer comes out.
final class HappyFoxService: Sendable {
    let configuration: HappyFoxSimulator.Configuration
    private let state: Mutex<HappyFoxState>

    init(_ configuration: HappyFoxSimulator.Configuration) {
        self.configuration = configuration
        state = Mutex(HappyFoxState(configuration))
    }

    var behaviour: HappyFoxSimulator.Behaviour { configuration.behaviour }

    /// Reads or changes the state. The lock is held for that moment only.
    func withState<Result: Sendable, Failure: Error>(
        _ body: (inout HappyFoxState) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try state.withLock { (state) throws(Failure) -> Result in try body(&state) }
    }

    func answer(_ call: Call) async throws -> Reply {
        let route = HappyFoxRoute(call)
        let reply: Reply
        switch route {
        case .control(let route): reply = control(route, call)
        case .nowhere: reply = .json(["error": "nothing is served at this address"], status: 404)
        default: reply = try await api(route, call)
        }
        let isDropped = reply.delivery == .dropBeforeHead
        let logged = LoggedRequest(method: call.method, path: call.target, status: isDropped ? 0 : reply.status)
        withState { $0.log.append(logged, route: route.name(call.method)) }
        return reply
    }
}
