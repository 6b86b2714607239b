extension Contact {
    var eventData: [UInt8] {
        var json = CanonicalJSON()
        json.beginObject()
        if id != .unassigned {
            json.key("contact")
            json.integer(id.rawValue)
        }
        json.key("customFields")
        writeCustomFields(&json)
        json.key("email")
        json.string(email)
        json.key("name")
        json.string(name)
        json.key("phones")
        writePhones(&json)
        json.endObject()
        return json.bytes
    }

    init(event json: JSONValue) throws(MalformedEvent) {
        guard let email = json["email"]?.string, let name = json["name"]?.string else { throw MalformedEvent() }
        let id = json["contact"]?.integer.map(ContactID.init(rawValue:)) ?? .unassigned
        self.init(id: id, email: email, name: name, details: json)
    }

    /// What a projection keeps of a contact beside its e-mail and name.
    package var details: [UInt8] {
        var json = CanonicalJSON()
        json.beginObject()
        json.key("customFields")
        writeCustomFields(&json)
        json.key("phones")
        writePhones(&json)
        json.endObject()
        return json.bytes
    }

    package init(id: ContactID, email: String, name: String, details json: JSONValue) {
        var phones: [PhoneType: String] = [:]
        for (type, number) in json["phones"]?.members ?? [] {
            if let type = PhoneType(rawValue: type), let number = number.string { phones[type] = number }
        }
        var fields: [String: FieldValue] = [:]
        for (name, value) in json["customFields"]?.members ?? [] { fields[name] = FieldValue(value) }
        self.init(id: id, email: email, name: name, phones: phones, customFields: fields)
    }

    private func writeCustomFields(_ json: inout CanonicalJSON) {
        json.beginObject()
        for (name, value) in customFields.sorted(by: { CanonicalJSON.precedes($0.key, $1.key) }) {
            json.key(name)
            json.write(value.json)
        }
        json.endObject()
    }

    private func writePhones(_ json: inout CanonicalJSON) {
        json.beginObject()
        for (type, number) in phones.sorted(by: { $0.key < $1.key }) {
            json.key(type.rawValue)
            json.string(number)
        }
        json.endObject()
    }
}

extension ContactField {
    /// The name in the journal and in what the CLI shows.
    package var text: String {
        switch self {
        case .email: "email"
        case .name: "name"
        case .phone(let type): "phones.\(type.rawValue)"
        case .custom(let name): "customFields.\(name)"
        }
    }

    package init?(text: String) {
        switch text {
        case "email": self = .email
        case "name": self = .name
        case _ where text.hasPrefix("phones."):
            guard let type = PhoneType(rawValue: String(text.dropFirst("phones.".count))) else { return nil }
            self = .phone(type)
        case _ where text.hasPrefix("customFields."): self = .custom(String(text.dropFirst("customFields.".count)))
        default: return nil
        }
    }
}
