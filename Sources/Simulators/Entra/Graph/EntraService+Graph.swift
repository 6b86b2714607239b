internal import FoundationEssentials

extension EntraService {
    /// Everything under `/v1.0`: who asks, what goes wrong, and then the answer.
    func graph(_ route: Route, _ call: Call, _ faults: [Fault]) -> Reply {
        let requestID = UUID().uuidString.lowercased()
        let clientRequestID = call.header("client-request-id") ?? requestID
        let reply: Reply
        do {
            let tenant = try authorize(call, faults)
            for fault in faults {
                if let refusal = fault.refusal(of: call, isDelta: route.isDelta) { throw refusal }
            }
            reply = try data(route, call, faults, tenant: tenant)
        } catch let error as GraphError {
            reply = error.reply(requestID: requestID, clientRequestID: clientRequestID)
        } catch {
            reply = GraphError.badRequest("The body could not be read: \(error)")
                .reply(requestID: requestID, clientRequestID: clientRequestID)
        }
        return decorated(reply, requestID, clientRequestID)
    }

    /// The tenant the bearer is good for.
    private func authorize(_ call: Call, _ faults: [Fault]) throws -> Int {
        guard let header = call.header("Authorization"), header.lowercased().hasPrefix("bearer ") else {
            throw GraphError.unauthenticated("Access token is empty.")
        }
        let token = String(header.dropFirst(7))
        if faults.contains(where: { $0.kind == .unauthorized }) {
            withState { $0.tokens.invalidate(token) }
        }
        switch withState({ $0.tokens.check(token) }) {
        case .valid(let tenant): return tenant
        case .expired: throw GraphError.expiredToken
        case .unknown: throw GraphError.unauthenticated("CompactToken parsing failed with error code: 80049217")
        }
    }

    private func data(_ route: Route, _ call: Call, _ faults: [Fault], tenant: Int) throws -> Reply {
        switch route {
        case .organization: return organization(call, tenant: tenant)
        case .users: return try UserList(call).reply(directory(tenant), shaping(faults))
        case .userCount: return try countUsers(call, tenant: tenant)
        case .usersDelta: return try delta(call, faults, tenant: tenant)
        case .user(let name): return try oneUser(name, call, tenant: tenant)
        case .addUser:
            return created(try addUser(try body(call), tenant: tenant), call, tenant: tenant)
        case .patchUser(let name):
            try patchUser(name, try body(call), tenant: tenant)
            return Reply(status: 204)
        case .deleteUser(let name):
            try removeUser(name, tenant: tenant)
            return Reply(status: 204)
        case .restoreUser(let name):
            try restoreUser(name, tenant: tenant)
            return try oneUser(name, call, tenant: tenant)
        case .purgeUser(let name):
            try purgeUser(name, tenant: tenant)
            return Reply(status: 204)
        case .token, .openIDConfiguration, .keys, .simulator, .simulatedRequests, .setFaults, .nowhere:
            throw GraphError.noSuchPath
        }
    }

    /// The tenant's users as they are now; the copy stays so.
    func directory(_ tenant: Int) -> Directory {
        withState { $0.tenants[tenant].directory }
    }

    /// A number no link has carried yet.
    func shaping(_ faults: [Fault]) -> PageShape {
        let serial = withState { state in
            state.links += 1
            return state.links
        }
        return PageShape(faults, serial: serial)
    }

    private func body(_ call: Call) throws -> [String: JSONValue] {
        try JSONDecoder().decode([String: JSONValue].self, from: Data(call.body))
    }

    private func decorated(_ reply: Reply, _ requestID: String, _ clientRequestID: String) -> Reply {
        let type = reply.headers.first { $0.name == "Content-Type" }?.value
        let isJSON = type?.hasPrefix("application/json") == true
        return
            reply
            .with("Content-Type", isJSON ? Self.graphJSON : type)
            .with("request-id", requestID)
            .with("client-request-id", clientRequestID)
            .with("OData-Version", isJSON ? "4.0" : nil)
            .with("x-ms-resource-unit", reply.status < 300 ? "1" : nil)
            .with("x-ms-ags-diagnostic", Self.diagnostic)
    }

    private static let graphJSON =
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
    private static let diagnostic =
        #"{"ServerInfo":{"DataCenter":"Loopback","Slice":"E","Ring":"0","ScaleUnit":"000","RoleInstance":"SIMULATOR"}}"#
}

extension Route {
    fileprivate var isDelta: Bool {
        if case .usersDelta = self { true } else { false }
    }
}
