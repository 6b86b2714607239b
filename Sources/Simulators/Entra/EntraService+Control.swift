internal import FoundationEssentials

/// What a person at the terminal may ask the simulator itself, without a token.
extension EntraService {
    /// The configuration, without the secret.
    func describe() -> Reply {
        let (tenant, faults) = withState { ($0.tenants[0], $0.faults.faults) }
        return .json([
            "simulator": "entra",
            "tenantID": .string(tenant.id),
            "displayName": .string(tenant.displayName),
            "domains": [.string(tenant.defaultDomain), .string(tenant.initialDomain)],
            "clientID": .string(tenant.application.clientID),
            "seed": .string(String(configuration.seed)),
            "users": .integer(tenant.directory.presentCount),
            "pageSize": .integer(configuration.pageSize),
            "tokenLifetime": .integer(Int(configuration.tokenLifetime.components.seconds)),
            "clean": .bool(configuration.clean),
            "faults": .array(faults.map { .string($0.kind.rawValue) }),
        ])
    }

    /// Replaces all faults; counting starts anew.
    func setFaults(_ call: Call) -> Reply {
        do {
            let faults = try JSONDecoder().decode([Fault].self, from: Data(call.body))
            withState { $0.faults = FaultPlan(faults) }
            return Reply(status: 204)
        } catch {
            return .json(["error": .string("the body is no list of faults: \(error)")], status: 400)
        }
    }
}
