import ContactSync
import Testing

func path(_ text: String) throws -> PropertyPath { try #require(PropertyPath(text)) }

func user(_ json: String) throws -> UserObject { try UserObject(Array(json.utf8)) }

func parsed(_ json: String) throws -> JSONValue { try JSONValue(parsing: Array(json.utf8)) }

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

extension Contact {
    /// The contact that Ann has before a record is decided.
    static let ann = Contact(id: ContactID(rawValue: 7), email: "ann@contoso.example", name: "Ann")

    func with(phones: [PhoneType: String] = [:], fields: [String: FieldValue] = [:], email: String? = nil) -> Contact {
        Contact(id: id, email: email ?? self.email, name: name, phones: phones, customFields: fields)
    }
}

extension UserKey {
    static let bob = UserKey(tenant: TenantID(rawValue: "contoso"), objectID: "bob")
}

extension FieldDefinition {
    static func text(_ name: String, required: Bool = false) -> FieldDefinition {
        FieldDefinition(name: name, type: .text, isRequired: required)
    }
    static func number(_ name: String) -> FieldDefinition { FieldDefinition(name: name, type: .number) }
    static func dropdown(_ name: String, _ choices: [String]) -> FieldDefinition {
        FieldDefinition(name: name, type: .dropdown, choices: choices)
    }
}

/// What is given for one record: Ann, with what a test says otherwise.
struct Given {
    /// Property to JSON; laid over Ann's own.
    var user: [String: String] = [:]
    var phones: [PhoneType: String] = [:]
    /// Custom field to property.
    var mapped: [String: String] = [:]
    var fields: [FieldDefinition] = []
    var overwrites = true
    var standing = Standing()

    static let ann = ["id": #""ann""#, "userPrincipalName": #""ann@contoso.example""#, "displayName": #""Ann""#]

    var object: UserObject {
        get throws {
            let members = Given.ann.merging(user) { _, new in new }.sorted { $0.key < $1.key }
            return try ContactSyncTests.user(
                "{" + members.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}")
        }
    }

    var rules: Rules {
        get throws {
            let mapping = Mapping(
                email: try path("userPrincipalName"), name: try path("displayName"),
                phones: try phones.mapValues(path), customFields: try mapped.mapValues(path))
            return Rules(settings: TenantSettings(mapping: mapping, overwriteCustomFields: overwrites), fields: fields)
        }
    }

    func decide() throws -> Decision {
        let rules = try rules
        return rules.decide(rules.draft(try object), standing)
    }

    /// The reasons of a record that has to fail.
    func reasons() throws -> [Reason] {
        guard case .fail(_, let reasons) = try decide() else {
            Issue.record("the record did not fail")
            return []
        }
        return reasons
    }

    /// The custom fields of a contact that has to be new.
    func createdFields() throws -> [String: FieldValue] {
        guard case .create(_, _, _, let fields) = try decide() else {
            Issue.record("no contact was created")
            return [:]
        }
        return fields
    }
}
