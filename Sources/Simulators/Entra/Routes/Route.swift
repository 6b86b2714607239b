/// Where a request goes. The tables in this folder are the only ones that look at paths.
enum Route: Sendable {
    case identity(IdentityRoute)
    case graph(GraphRoute)
    case control(ControlRoute)
    case nowhere

    init(_ call: Call) {
        let parts = call.segments
        let found: Route? =
            switch parts.first {
            case "simulator": ControlRoute(call.method, Array(parts.dropFirst())).map(Route.control)
            case "v1.0": GraphRoute(call.method, Array(parts.dropFirst())).map(Route.graph) ?? .graph(.nowhere)
            default: IdentityRoute(call.method, parts).map(Route.identity)
            }
        self = found ?? .nowhere
    }

    /// Under which headings faults count the request.
    var scopes: [Fault.Scope] {
        switch self {
        case .identity(let route): route.scope.map { [$0] } ?? []
        case .graph(let route): route.scopes
        case .control, .nowhere: []
        }
    }

    /// The name under which requests are counted.
    var name: String {
        switch self {
        case .identity(let route): route.name
        case .graph(let route): route.name
        case .control: "simulator"
        case .nowhere: "unknown"
        }
    }
}
