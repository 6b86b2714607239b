import ContactSync
import Simulators

extension FaultRow {
    /// Of each class of errors that the token endpoint can answer, some; `EveryCodeTests` has the others.
    static let signIn = [
        FaultRow("token without roles", .changes, Fault(.noRoles), outcome: .failed("is missing", disables: true)),
        FaultRow("token without roles", .first, Fault(.noRoles), outcome: .failed("is missing")),
        FaultRow("secret revoked", outcome: .failed("AADSTS7000215", disables: true)).with {
            $0.strike = { $0.simulator.setSecret(.revoked) }
            $0.heal = { $0.simulator.setSecret(.valid) }
        },
        FaultRow("secret expired", outcome: .failed("AADSTS7000222", disables: true)).with {
            $0.strike = { $0.simulator.setSecret(.expired) }
            $0.heal = { $0.simulator.setSecret(.valid) }
        },
        lasting("authorization lost: no consent", 65001, disables: true),
        lasting("authorization lost: app not in the tenant", 700_016, disables: true),
        lasting("authorization lost: conditional access", 53003, disables: true),
        FaultRow("transient, once", .changes, Fault(.aadsts, at: [1], code: 90033), extra: 0),
        lasting("transient, lasting", 90033, reason: "503"),
        FaultRow("tenant throttled, once", .changes, Fault(.aadsts, at: [1], code: 90055), extra: 0),
        lasting("blocked: address or account locked", 50053),
        lasting("blocked: client loop", 50196),
        lasting("misconfigured: unknown resource", 500_011),
        lasting("misconfigured: app without the resource", 650_057),
        FaultRow("token endpoint: 503", .changes, Fault(.unavailable, scope: .token, at: [1, 2]), extra: 0),
        FaultRow("token endpoint: 504", .changes, Fault(.gatewayTimeout, scope: .token, at: [1]), extra: 0),
        FaultRow("token endpoint: dropped", .changes, Fault(.drop, scope: .token, at: [1]), extra: 0),
        FaultRow("token endpoint: truncated", .changes, Fault(.truncate, scope: .token, at: [1]), extra: 0),
        FaultRow("token endpoint: not JSON", .changes, Fault(.notJSON, scope: .token, at: [1]), extra: 0),
    ]

    private static func lasting(_ name: String, _ code: Int, disables: Bool = false, reason: String? = nil) -> FaultRow
    {
        FaultRow(
            name, .changes, Fault(.aadsts, code: code),
            outcome: .failed(reason ?? "AADSTS\(code)", disables: disables))
    }

    /// One of two tenants, the second of the simulator, fails for itself.
    static let tenants = [
        FaultRow("one of two tenants loses its consent", outcome: .failed("fabrikam", disables: true)).with {
            $0.prepare = { scene in
                let second = scene.simulator.tenants[1]
                let id = TenantID(rawValue: second.id)
                try scene.authorize(at: scene.simulator.baseURL, tenant: id, domain: second.domain)
                try scene.save(tenant: id) { Reading.changes.write(to: &$0) }
            }
            $0.strike = { try $0.simulator.setConsent([], tenant: 1) }
            $0.heal = { try $0.simulator.setConsent(Permission.least, tenant: 1) }
        }
    ]
}
