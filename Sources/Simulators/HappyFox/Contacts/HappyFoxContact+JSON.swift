/// How the control routes spell contacts.
extension HappyFoxContact {
    /// Everything, also what the API does not tell.
    var json: JSONValue {
        [
            "id": .integer(id), "name": .string(name), "email": .optional(email),
            "phones": .array(
                phones.map { ["id": .integer($0.id), "type": .string($0.type), "number": .string($0.number)] }),
            "primaryPhone": primaryPhone.map { .integer($0) } ?? .null,
            "fields": .object(fields.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) }),
            "isLoginEnabled": .bool(isLoginEnabled), "groups": .array(groups.map(JSONValue.integer)),
            "ticketAccess": .array(ticketAccess.sorted().map(JSONValue.integer)),
            "createdAt": createdAt.map { .integer(Int($0)) } ?? .null,
            "updatedAt": updatedAt.map { .integer(Int($0)) } ?? .null,
        ]
    }

    /// Members that are missing stay as they are, and so do fields; `phones` is the whole list.
    mutating func change(_ json: JSONValue) throws {
        guard case .object(let members) = json else { throw HappyFoxService.Refusal(description: "not an object") }
        for member in members { try set(member.name, member.value) }
    }

    private mutating func set(_ member: String, _ value: JSONValue) throws {
        switch (member, value) {
        case ("name", .string(let text)): name = text
        case ("email", .string), ("email", .null): email = value.text
        case ("isLoginEnabled", .bool(let flag)): isLoginEnabled = flag
        case ("phones", .array(let entries)): phones = try entries.map(Phone.init)
        case ("fields", .object(let values)):
            for field in values {
                if field.value == .null {
                    fields.removeValue(forKey: field.name)
                } else {
                    fields[field.name] = field.value
                }
            }
        default: throw HappyFoxService.Refusal(description: "'\(member)' cannot be set like that")
        }
    }
}

extension HappyFoxContact.Phone {
    fileprivate init(_ json: JSONValue) throws {
        guard let number = json["number"]?.text else {
            throw HappyFoxService.Refusal(description: "a phone has a number")
        }
        self.init(id: json["id"]?.wholeNumber ?? 0, type: json["type"]?.text ?? "o", number: number)
    }
}
