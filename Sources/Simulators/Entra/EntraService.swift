internal import Synchronization

/// The simulator without its sockets: a request goes in, an answer comes out.
final class EntraService: Sendable {
    let configuration: EntraSimulator.Configuration
    private let state: Mutex<EntraState>

    init(_ configuration: EntraSimulator.Configuration) {
        self.configuration = configuration
        state = Mutex(EntraState(configuration))
    }

    /// Reads or changes the state. The lock is held for that moment only, never while a page is written.
    func withState<Result: Sendable, Failure: Error>(
        _ body: (inout EntraState) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try state.withLock { (state) throws(Failure) -> Result in try body(&state) }
    }

    func answer(_ call: Call) -> Reply {
        let route = Route(call)
        let scopes = route.scopes
        let faults = scopes.isEmpty ? [] : withState { $0.faults.next(scopes) }
        let reply = faults.reduce(respond(route, call, faults)) { $1.spoiling($0) }
        let isDropped = reply.delivery == .dropBeforeHead
        let logged = LoggedRequest(method: call.method, path: call.target, status: isDropped ? 0 : reply.status)
        withState { $0.log.append(logged, route: route.name) }
        return reply
    }

    private func respond(_ route: Route, _ call: Call, _ faults: [Fault]) -> Reply {
        switch route {
        case .identity(let route): identity(route, call, faults)
        case .graph(let route): graph(route, call, faults)
        case .control(let route): control(route, call)
        case .nowhere: .json(["error": "nothing is served at this address"], status: 404)
        }
    }
}
