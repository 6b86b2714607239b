/// What a person or a test may ask of the simulator itself, without a key.
enum HappyFoxControlRoute: Sendable {
    case describe
    case requests, clearRequests
    case faults, setFaults
    case contacts, addContact
    case editContact(Int), removeContact(Int)
    case fields, setFields
    case setKey

    init?(_ method: String, _ parts: [String]) {
        if parts.count == 2, parts[0] == "contacts", let id = Int(parts[1]) {
            switch method {
            case "PUT", "PATCH": self = .editContact(id)
            case "DELETE": self = .removeContact(id)
            default: return nil
            }
            return
        }
        switch (method, parts.joined(separator: "/")) {
        case ("GET", ""): self = .describe
        case ("GET", "requests"): self = .requests
        case ("DELETE", "requests"): self = .clearRequests
        case ("GET", "faults"): self = .faults
        case ("PUT", "faults"): self = .setFaults
        case ("GET", "contacts"): self = .contacts
        case ("POST", "contacts"): self = .addContact
        case ("GET", "fields"): self = .fields
        case ("PUT", "fields"): self = .setFields
        case ("PUT", "key"): self = .setKey
        default: return nil
        }
    }
}
