internal import FoundationEssentials

/// Everything under `/api/1.1/json/`: what goes wrong, who asks, how much, and then the answer.
extension HappyFoxService {
    func api(_ route: HappyFoxRoute, _ call: Call) async throws -> Reply {
        configuration.onRequest()
        let isRead = call.method == "GET" || call.method == "HEAD"
        let faults = withState { $0.faults.next([.data, isRead ? .read : .write]) }
        if faults.contains(where: { $0.kind == .unheard }) { return Reply(status: 0, delivery: .dropBeforeHead) }
        for fault in faults where fault.kind == .slow && fault.when == .before {
            try await Task.sleep(for: fault.delay)
        }
        let unprocessed = faults.lazy.filter { $0.when != .after }.compactMap(\.helpDeskRefusal).first
        let processed = unprocessed ?? processed(route, call, isRead: isRead)
        let reply = faults.lazy.filter { $0.when == .after }.compactMap(\.helpDeskRefusal).first ?? processed
        return faults.filter { $0.when != .before }.reduce(reply) { $1.spoiling($0) }
    }

    private func processed(_ route: HappyFoxRoute, _ call: Call, isRead: Bool) -> Reply {
        do {
            try authorize(call)
            if let refusal = throttled(isRead ? .read : .write) { return refusal }
            return try respond(route, call)
        } catch let error as HappyFoxError {
            return error.reply
        } catch let error as ValidationError {
            return .json(["error": error.json(behaviour.errorShape)], status: behaviour.validationStatus)
        } catch {
            return .json(["error": .string("\(error)")], status: behaviour.validationStatus)
        }
    }

    /// Basic authentication is the only kind. KB 1092.
    private func authorize(_ call: Call) throws(HappyFoxError) {
        let realm = [(name: "WWW-Authenticate", value: "Basic realm=\"HappyFox API\"")]
        let header = call.header("Authorization") ?? ""
        let pair = "\(configuration.apiKey):\(configuration.authCode)"
        let isRight =
            header.lowercased().hasPrefix("basic ")
            && Data(base64Encoded: String(header.dropFirst(6))) == Data(pair.utf8)
        let key = withState { $0.key }
        guard isRight, key != .revoked else {
            throw HappyFoxError(behaviour.badKeyStatus, "Invalid API key or auth code.", headers: realm)
        }
        guard key == .valid else {
            throw HappyFoxError(behaviour.badKeyStatus, "This API key is disabled.", headers: realm)
        }
    }

    /// The refusal if a limit is exceeded. KB 1148 has neither its body nor its headers.
    private func throttled(_ kind: RateLimit.Kind) -> Reply? {
        let now = configuration.now()
        guard let wait = withState({ $0.limit.admit(kind, at: now) }) else { return nil }
        let seconds = Int((wait / .seconds(1)).rounded(.up))
        let text = "Throttled, wait \(seconds) seconds."
        let reply: Reply =
            switch behaviour.throttleBody {
            case .message: .json(["error": "Rate limit exceeded."], status: 429)
            case .wait: .json(["error": .string(text)], status: 429)
            case .text: .text(text, status: 429)
            }
        return reply.with("Retry-After", behaviour.sendsRetryAfter ? String(seconds) : nil)
    }

    private func respond(_ route: HappyFoxRoute, _ call: Call) throws -> Reply {
        switch route {
        case .staff: return .json(Self.staff)
        case .fields: return listFields()
        case .contacts: return try listContacts(call)
        case .writeContacts: return try writeContacts(call)
        case .contact(let name): return .json(try oneContact(name))
        case .editContact(let name): return .json(try editContact(name, call))
        case .groups: return listGroups()
        case .group(let id): return try oneGroup(id)
        case .addGroup: return try addGroup(call)
        case .editGroup(let id): return try editGroup(id, call)
        case .addMembers(let id): return try addMembers(id, call)
        case .removeMembers(let id): return try removeMembers(id, call)
        case .unknown, .control, .nowhere: throw HappyFoxError(404, "Not found.")
        }
    }

    private func listFields() -> Reply {
        let fields = withState { $0.fields }
        return .json(
            .array(fields.enumerated().map { $0.element.definition(order: $0.offset + 1, behaviour.wireTypes) }))
    }

    /// KB 360. Clients ask for it to see whether a key is good.
    private static let staff: JSONValue = [
        [
            "id": 1, "name": "Dana Agent", "email": "dana@help.example", "active": true, "is_account_admin": true,
            "role": ["id": 1, "name": "Admin"], "categories": [1],
            "permissions": [
                "manage_contacts", "create_contacts", "edit_contacts", "view_contacts_tab", "manage_contact_groups",
                "manage_client_custom", "manage_integrations",
            ],
        ]
    ]
}
