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
        let faults = route.scope.map { scope in withState { $0.faults.next(scope) } } ?? []
        let reply = faults.reduce(respond(route, call, faults)) { $1.spoiling($0) }
        let isDropped = reply.delivery == .dropBeforeHead
        let logged = LoggedRequest(method: call.method, path: call.target, status: isDropped ? 0 : reply.status)
        withState { $0.log.append(logged, route: route.name) }
        return reply
    }

    private func respond(_ route: Route, _ call: Call, _ faults: [Fault]) -> Reply {
        switch route {
        case .token(let tenant):
            faults.lazy.compactMap { self.spoiledToken($0, call) }.first ?? token(call, tenant: tenant)
        case .openIDConfiguration(let tenant): openIDConfiguration(call, tenant: tenant)
        case .keys: .json(["keys": []])
        case .simulator: describe()
        case .simulatedRequests: .json(withState { $0.log.json })
        case .setFaults: setFaults(call)
        case .organization, .users, .userCount, .usersDelta, .user, .addUser, .patchUser, .deleteUser, .restoreUser,
            .purgeUser, .nowhere:
            graph(route, call, faults)
        }
    }
}
