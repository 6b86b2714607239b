internal import FoundationEssentials

extension EntraService {
    /// Everything under `/v1.0`: who asks, what goes wrong, and then the answer.
    func graph(_ route: GraphRoute, _ call: Call, _ faults: [Fault]) -> Reply {
        let requestID = UUID().uuidString.lowercased()
        let clientRequestID = call.header("client-request-id") ?? requestID
        let reply: Reply
        do {
            let caller = try authorize(call, faults)
            for fault in faults {
                if let refusal = fault.refusal(of: call, isDelta: route.isDelta) { throw refusal }
            }
            try route.check(caller)
            reply = try data(route, call, faults, caller)
        } catch let error as GraphError {
            reply = error.reply(requestID: requestID, clientRequestID: clientRequestID)
        } catch {
            reply = GraphError.badRequest("The body could not be read: \(error)")
                .reply(requestID: requestID, clientRequestID: clientRequestID)
        }
        return decorated(reply, requestID, clientRequestID)
    }

    /// Whom the bearer is good for.
    private func authorize(_ call: Call, _ faults: [Fault]) throws -> Caller {
        guard let header = call.header("Authorization"), header.lowercased().hasPrefix("bearer ") else {
            throw GraphError.unauthenticated("Access token is empty.")
        }
        let token = String(header.dropFirst(7))
        return try withState { state in
            if faults.contains(where: { $0.kind == .unauthorized }) { state.tokens.invalidate(token) }
            switch state.tokens.check(token) {
            case .valid(let grant):
                if faults.contains(where: { $0.kind == .claimsChallenge }) { try state.challenge(grant, token) }
                try state.checkClaims(grant)
                return state.caller(grant)
            case .expired: throw GraphError.expiredToken
            case .unknown: throw GraphError.unauthenticated("CompactToken parsing failed with error code: 80049217")
            }
        }
    }

    private func data(_ route: GraphRoute, _ call: Call, _ faults: [Fault], _ caller: Caller) throws -> Reply {
        let tenant = caller.tenant
        switch route {
        case .organization: return organization(call, caller)
        case .users: return try UserList(call).reply(directory(tenant), shaping(faults))
        case .userCount: return try countUsers(call, tenant: tenant)
        case .usersDelta: return try delta(call, faults, tenant: tenant)
        case .user(let name): return try oneUser(name, call, tenant: tenant)
        case .groups: return try GroupList(call).reply(groupDirectory(tenant), shaping(faults))
        case .groupCount: return try countGroups(call, tenant: tenant)
        case .group(let id): return try oneGroup(id, call, tenant: tenant)
        case .members(let path): return try members(path, call, faults, caller)
        case .addUser, .patchUser, .deleteUser, .restoreUser, .purgeUser, .addGroup, .patchGroup, .deleteGroup,
            .addMember, .removeMember:
            return try write(route, call, tenant: tenant)
        case .nowhere: throw GraphError.noSuchPath
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
