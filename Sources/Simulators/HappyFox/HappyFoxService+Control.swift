internal import FoundationEssentials

/// What a person at the terminal may ask the simulator itself, without a key.
extension HappyFoxService {
    func control(_ route: HappyFoxControlRoute, _ call: Call) -> Reply {
        do {
            return try performed(route, call)
        } catch {
            return .json(["error": .string("\(error)")], status: 400)
        }
    }

    private func performed(_ route: HappyFoxControlRoute, _ call: Call) throws -> Reply {
        let body = Data(call.body)
        switch route {
        case .describe: return describe()
        case .requests: return .json(withState { $0.log.json })
        case .clearRequests: withState { $0.log = RequestLog() }
        case .faults: return .json(bytes: Array(try JSONEncoder().encode(withState { $0.faults.faults })))
        case .setFaults:
            let faults = try JSONDecoder().decode([Fault].self, from: body)
            withState { $0.faults = FaultPlan(faults) }
        case .contacts: return .json(.array(readableContacts.map(\.json)))
        case .addContact:
            let change = try JSONDecoder().decode(JSONValue.self, from: body)
            var contact = HappyFoxContact(name: "")
            try contact.change(change)
            return .json(try addContact(contact).json, status: 201)
        case .editContact(let id):
            let change = try JSONDecoder().decode(JSONValue.self, from: body)
            return .json(try editContact(id) { try $0.change(change) }.json)
        case .removeContact(let id): try removeContact(id)
        case .fields: return .json(.array(withState { $0.fields }.map(\.json)))
        case .setFields: setFields(try HappyFoxField.list(JSONDecoder().decode(JSONValue.self, from: body)))
        case .setKey:
            let value = try JSONDecoder().decode([String: HappyFoxKeyState].self, from: body)
            guard let state = value["state"] else { throw Refusal(description: "a key has a 'state'") }
            withState { $0.key = state }
        }
        return Reply(status: 204)
    }

    /// The account in numbers, without the auth code.
    private func describe() -> Reply {
        withState { state in
            .json([
                "simulator": "happyfox", "apiKey": .string(configuration.apiKey), "key": .string(state.key.rawValue),
                "seed": .string(String(configuration.seed)), "contacts": .integer(state.contacts.ids.count),
                "fields": .array(state.fields.map { .string($0.name) }),
                "groups": .array(state.groups.map { .string($0.name) }),
                "readsPerMinute": .integer(configuration.readsPerMinute),
                "writesPerMinute": .integer(configuration.writesPerMinute),
                "penalty": .integer(Int(configuration.penalty.components.seconds)),
                "throttledRequests": .integer(state.limit.throttledRequests),
                "faults": .array(state.faults.faults.map { .string($0.kind.rawValue) }),
            ])
        }
    }
}
