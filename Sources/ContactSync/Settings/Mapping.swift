/// Which Entra property fills which part of a contact.
package struct Mapping: Codable, Equatable, Sendable {
    package var email: PropertyPath
    package var name: PropertyPath
    package var phones: [PhoneType: PropertyPath]
    /// By the custom field's name.
    package var customFields: [String: PropertyPath]

    package init(
        email: PropertyPath, name: PropertyPath,
        phones: [PhoneType: PropertyPath] = [:], customFields: [String: PropertyPath] = [:]
    ) {
        self.email = email
        self.name = name
        self.phones = phones
        self.customFields = customFields
    }

    /// What a newly authorized tenant starts with: e-mail from the user principal name, as the product asks for.
    package static let initial: Mapping? = {
        guard let email = PropertyPath("userPrincipalName"), let name = PropertyPath("displayName") else { return nil }
        return Mapping(email: email, name: name)
    }()

    /// Phones in a fixed order: no dictionary's order may reach a decision.
    var orderedPhones: [(type: PhoneType, path: PropertyPath)] {
        phones.sorted { $0.key < $1.key }.map { (type: $0.key, path: $0.value) }
    }

    var orderedCustomFields: [(name: String, path: PropertyPath)] {
        customFields.sorted { CanonicalJSON.precedes($0.key, $1.key) }.map { (name: $0.key, path: $0.value) }
    }

    /// The properties that `$select` must name, in a fixed order.
    package var selectedProperties: [String] {
        let paths = [email, name] + phones.values + customFields.values
        return Set(paths.map(\.root) + ["id", "accountEnabled", "userType"]).sorted()
    }
}

extension PhoneType: CodingKeyRepresentable {}

/// Why a mapping cannot be saved. Each names what is wrong, so that the CLI can say it as it is.
package enum MappingError: Error, Equatable, Sendable {
    case unknownProperty(String, suggestion: String?)
    case unreadableProperty(String)
    case notACollection(String)
    case notText(target: String, property: String, type: String)
    /// A whole collection or object; `part` is how one value of it is written, where there is one.
    case composite(target: String, property: String, type: String, part: String?)
    /// No value that the property can have fits the field.
    case unfit(property: String, type: String, field: String, FieldType)
    case unknownField(String, known: [String])
    case unsupportedFieldType(field: String, FieldType)
}
