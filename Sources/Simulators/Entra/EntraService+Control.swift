internal import FoundationEssentials

/// What a person at the terminal may ask the simulator itself, without a token.
extension EntraService {
    func control(_ route: ControlRoute, _ call: Call) -> Reply {
        do {
            return try performed(route, call)
        } catch {
            return .json(["error": .string("\(error)")], status: 400)
        }
    }

    private func performed(_ route: ControlRoute, _ call: Call) throws -> Reply {
        let body = Data(call.body)
        switch route {
        case .describe: return describe()
        case .requests: return .json(withState { $0.log.json })
        case .clearRequests: withState { $0.log = RequestLog() }
        case .faults:
            let faults = withState { $0.faults.faults }
            return .json(bytes: Array(try JSONEncoder().encode(faults)))
        case .setFaults:
            let faults = try JSONDecoder().decode([Fault].self, from: body)
            withState { $0.faults = FaultPlan(faults) }
        case .groups: return listGroups()
        case .setConsent: try setConsent(JSONDecoder().decode(ConsentChange.self, from: body))
        case .setSecret:
            let value = try JSONDecoder().decode([String: SecretState].self, from: body)
            if let state = value["state"] { setSecret(state) }
        case .addCertificate: try addCertificate(String(decoding: body, as: UTF8.self))
        case .removeCertificates: withState { $0.applications[0].certificates = [] }
        case .revokeSessions: withState { $0.signIns.revokeAll() }
        }
        return Reply(status: 204)
    }

    /// The configuration, without the secrets.
    private func describe() -> Reply {
        let state = withState { $0 }
        let first = tenant(0, in: state)
        return .json(
            .object(
                first + [
                    .init("simulator", "entra"),
                    .init("seed", .string(String(configuration.seed))),
                    .init("pageSize", .integer(configuration.pageSize)),
                    .init("tokenLifetime", .integer(Int(configuration.tokenLifetime.components.seconds))),
                    .init("clean", .bool(configuration.clean)),
                    .init("tenants", .array(state.tenants.indices.map { .object(tenant($0, in: state)) })),
                    .init("certificates", .integer(state.applications[0].certificates.count)),
                    .init("faults", .array(state.faults.faults.map { .string($0.kind.rawValue) })),
                ]))
    }

    private func tenant(_ index: Int, in state: EntraState) -> [JSONValue.Member] {
        let tenant = state.tenants[index]
        let consent = tenant.consents[index] ?? Consent()
        return [
            .init("tenantID", .string(tenant.id)),
            .init("displayName", .string(tenant.displayName)),
            .init("domains", [.string(tenant.defaultDomain), .string(tenant.initialDomain)]),
            .init("clientID", .string(state.applications[index].clientID)),
            .init("users", .integer(tenant.directory.presentCount)),
            .init("groups", .integer(tenant.groups.present.count)),
            .init("permissions", .array(consent.application.map(\.rawValue).sorted().map { .string($0) })),
        ]
    }

    /// Of the first tenant, with the number of direct and of all members.
    private func listGroups() -> Reply {
        let (groups, directory) = withState { ($0.tenants[0].groups, $0.tenants[0].directory) }
        return .json(
            .array(
                groups.present.map { index in
                    func count(_ transitively: Bool) -> JSONValue {
                        .integer(groups.members(of: index, transitively: transitively, in: directory).count)
                    }
                    return [
                        "id": .string(groups.ids.text(of: index)),
                        "displayName": .string(groups.groups[index].displayName),
                        "members": count(false), "transitiveMembers": count(true),
                    ]
                }))
    }
}
