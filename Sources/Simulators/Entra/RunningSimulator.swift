/// A simulator that is serving, and the hands to change its tenant without a request.
package struct RunningSimulator: Sendable {
    /// The root of both the identity platform and Graph, such as `http://localhost:50000`.
    package let baseURL: String
    /// What it was started with.
    package var configuration: EntraSimulator.Configuration { service.configuration }
    let service: EntraService

    init(port: Int, _ service: EntraService) {
        baseURL = "\(service.configuration.tls == nil ? "http" : "https")://localhost:\(port)"
        self.service = service
    }

    /// The object id of a seeded or added user, counted from 0.
    package func id(ofUserAt index: Int, tenant: Int = 0) -> String {
        service.withState { $0.tenants[tenant].directory.roster.ids.text(of: index) }
    }

    /// Every request so far; of very many only the newest.
    package var requests: [LoggedRequest] {
        service.withState { $0.log.requests }
    }

    /// How many requests each route has answered, by status.
    package var requestCounts: [String: [Int: Int]] {
        service.withState { $0.log.counts }
    }

    /// Counts requests anew.
    package func forgetRequests() {
        service.withState { $0.log = RequestLog() }
    }

    /// What goes wrong from now on; requests are counted anew.
    package func setFaults(_ faults: [Fault]) {
        service.withState { $0.faults = FaultPlan(faults) }
    }
}
