/// Why a record failed, with everything needed to put it right.
package enum Reason: Equatable, Sendable {
    case emailMissing(property: String)
    case emailInvalid(property: String, value: String)
    case nameMissing(property: String)
    /// A mapped phone that is empty.
    case phoneEmpty(PhoneType, property: String)
    case mismatch(property: String, type: String, value: String, field: String, fieldType: String)
    case notAChoice(property: String, value: String, field: String, choices: [String])
    /// A required custom field: mapped to a property without a value, or not mapped and empty on the contact.
    case requiredEmpty(field: String, property: String?)
    /// Another user holds the contact with this address, or wanted it first.
    case sameEmail(as: UserKey)
    /// Another contact than the user's own has this address.
    case emailTaken(by: ContactID)
    /// The help desk would not take the contact; in its own words.
    case refused(by: String, words: String)
}

extension Reason {
    /// In the order of the product's rules; those of one rule stay as they were found.
    static func inOrder(_ reasons: [Reason]) -> [Reason] {
        reasons.count < 2 ? reasons : (0...6).flatMap { rule in reasons.filter { $0.rule == rule } }
    }

    private var rule: Int {
        switch self {
        case .emailMissing, .emailInvalid: 0
        case .nameMissing: 1
        case .phoneEmpty: 2
        case .mismatch, .notAChoice: 3
        case .requiredEmpty: 4
        case .sameEmail, .emailTaken: 5
        case .refused: 6
        }
    }

    /// One sentence for the report. Starts with the words that the product documents for the cause.
    package var text: String {
        switch self {
        case .emailMissing(let property):
            "Email is missing: \(property) is empty in Entra ID"
        case .emailInvalid(let property, let value):
            "Email is not an address: \(property) is \"\(value)\""
        case .nameMissing(let property):
            "Name is missing: \(property) is empty in Entra ID"
        case .phoneEmpty(let type, let property):
            "Phone number field is empty: \(type.rawValue) phone is mapped to \(property), which is empty in Entra ID"
        case .mismatch(let property, let type, let value, let field, let fieldType):
            "Datatype mismatch: \(property) is \(type) \"\(value)\", but \(field) is a \(fieldType) field"
        case .notAChoice(let property, let value, let field, let choices):
            "Datatype mismatch: \(property) is \"\(value)\", but \(field) is a dropdown field with the choices \(choices.joined(separator: ", "))"
        case .requiredEmpty(let field, let property?):
            "Required field is empty: \(field) is mapped to \(property), which is empty in Entra ID"
        case .requiredEmpty(let field, nil):
            "Required field is empty: \(field) is not mapped and the contact has no value for it"
        case .sameEmail(let other):
            "Same email as another user: \(other.objectID) of tenant \(other.tenant) comes first"
        case .refused(let desk, let words): "\(desk): \(words)"
        case .emailTaken(let contact):
            "Same email as another contact: contact \(contact) already has it"
        }
    }

    /// What an admin can do about it.
    package var advice: String {
        switch self {
        case .emailMissing(let property), .nameMissing(let property):
            "set \(property) for the user in Entra ID, or map another property"
        case .emailInvalid(let property, _):
            "correct \(property) in Entra ID, or map the e-mail to `mail`"
        case .phoneEmpty(let type, let property):
            "set \(property) for the user in Entra ID, or take the \(type.rawValue) phone out of the mapping"
        case .mismatch(let property, _, _, let field, _):
            "correct \(property) in Entra ID, or map \(field) to a property of its type"
        case .notAChoice(let property, let value, let field, _):
            "correct \(property) in Entra ID, or add the choice \"\(value)\" to \(field)"
        case .requiredEmpty(_, let property?): "set \(property) for the user in Entra ID"
        case .requiredEmpty(let field, nil): "map \(field) to a property, or fill it in the help desk"
        case .refused(let desk, _): "correct the value in Entra ID, or the field's rules in \(desk)"
        case .sameEmail: "give one of the two users another address in Entra ID"
        case .emailTaken(let contact): "change or remove contact \(contact) in the help desk"
        }
    }
}
