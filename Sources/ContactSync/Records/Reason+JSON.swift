extension Reason {
    /// A stable word for the cause, for scripts and the journal.
    package var code: String {
        switch self {
        case .emailMissing: "emailMissing"
        case .emailInvalid: "emailInvalid"
        case .nameMissing: "nameMissing"
        case .phoneEmpty: "phoneEmpty"
        case .mismatch: "datatypeMismatch"
        case .notAChoice: "notAChoice"
        case .requiredEmpty: "requiredEmpty"
        case .sameEmail: "sameEmail"
        case .emailTaken: "emailTaken"
        case .refused: "refused"
        }
    }

    package var json: JSONValue {
        .object([("code", .string(code))] + parameters)
    }

    private var parameters: [(key: String, value: JSONValue)] {
        switch self {
        case .emailMissing(let property), .nameMissing(let property): [("property", .string(property))]
        case .emailInvalid(let property, let value): [("property", .string(property)), ("value", .string(value))]
        case .phoneEmpty(let type, let property): [("phone", .string(type.rawValue)), ("property", .string(property))]
        case .mismatch(let property, let type, let value, let field, let fieldType):
            [
                ("property", .string(property)), ("type", .string(type)), ("value", .string(value)),
                ("field", .string(field)), ("fieldType", .string(fieldType)),
            ]
        case .notAChoice(let property, let value, let field, let choices):
            [
                ("property", .string(property)), ("value", .string(value)), ("field", .string(field)),
                ("choices", .array(choices.map(JSONValue.string))),
            ]
        case .requiredEmpty(let field, let property):
            [("field", .string(field))] + (property.map { [("property", .string($0))] } ?? [])
        case .sameEmail(let user): [("tenant", .string(user.tenant.rawValue)), ("objectID", .string(user.objectID))]
        case .emailTaken(let contact): [("contact", .number(contact.description))]
        case .refused(let desk, let words): [("by", .string(desk)), ("words", .string(words))]
        }
    }

    package init(json: JSONValue) throws(MalformedEvent) {
        func text(_ key: String) throws(MalformedEvent) -> String {
            guard let text = json[key]?.string else { throw MalformedEvent() }
            return text
        }
        switch try text("code") {
        case "emailMissing": self = .emailMissing(property: try text("property"))
        case "emailInvalid": self = .emailInvalid(property: try text("property"), value: try text("value"))
        case "nameMissing": self = .nameMissing(property: try text("property"))
        case "phoneEmpty":
            guard let type = PhoneType(rawValue: try text("phone")) else { throw MalformedEvent() }
            self = .phoneEmpty(type, property: try text("property"))
        case "datatypeMismatch":
            self = .mismatch(
                property: try text("property"), type: try text("type"), value: try text("value"),
                field: try text("field"), fieldType: try text("fieldType"))
        case "notAChoice":
            self = .notAChoice(
                property: try text("property"), value: try text("value"), field: try text("field"),
                choices: json["choices"]?.array?.compactMap(\.string) ?? [])
        case "requiredEmpty": self = .requiredEmpty(field: try text("field"), property: json["property"]?.string)
        case "sameEmail":
            self = .sameEmail(
                as: UserKey(tenant: TenantID(rawValue: try text("tenant")), objectID: try text("objectID")))
        case "emailTaken":
            guard let contact = json["contact"]?.integer else { throw MalformedEvent() }
            self = .emailTaken(by: ContactID(rawValue: contact))
        case "refused": self = .refused(by: try text("by"), words: try text("words"))
        default: throw MalformedEvent()
        }
    }
}
