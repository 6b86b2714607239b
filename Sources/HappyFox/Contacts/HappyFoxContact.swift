package import ContactSync

/// A contact as HappyFox holds it (KB 1092), with what only HappyFox knows: it has to be sent back with every write.
package struct HappyFoxContact: Sendable {
    package struct Phone: Sendable, Equatable {
        package let id: Int64
        /// `mo`, `w`, `m`, `h`, `o`; others are kept as they are.
        package let code: String
        package let number: String
    }

    /// A custom field's value in HappyFox's two spellings: for choices the label stands in `value` and the number in
    /// `value_id`, as far as the documentation can be read.
    struct Held: Sendable {
        let id: Int64
        let type: String
        let value: JSONValue
        let valueID: JSONValue
    }

    package let id: ContactID
    /// Empty where the contact has none.
    package let email: String
    package let name: String
    package let phones: [Phone]
    let primary: Int64?
    let fields: [Held]

    /// Nil where the value is no contact.
    package init?(_ json: JSONValue) {
        guard let id = json["id"]?.integer, json["phones"] != nil || json["email"] != nil else { return nil }
        self.id = ContactID(rawValue: id)
        let address = json["email"]?.string ?? ""
        email = String(address.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        name = json["name"]?.string ?? ""
        phones = (json["phones"]?.array ?? []).compactMap { phone in
            guard let id = phone["id"]?.integer, let number = phone["number"]?.text else { return nil }
            return Phone(id: id, code: phone["type"]?.string ?? "o", number: number)
        }
        primary = json["primary_phone"]?["id"]?.integer
        fields = (json["custom_fields"]?.array ?? []).compactMap { field in
            guard let id = field["id"]?.integer else { return nil }
            return Held(
                id: id, type: field["type"]?.string ?? "", value: field["value"] ?? .null,
                valueID: field["value_id"] ?? .null)
        }
    }

    func has(_ email: String) -> Bool { EmailAddress.areSame(self.email, email) }
}

extension JSONValue {
    /// A text, also where it was written as a number.
    fileprivate var text: String? {
        if case .number(let text) = self { text } else { string }
    }
}

extension PhoneType {
    /// KB 1092; there is no code for a fax.
    package var code: String {
        switch self {
        case .work: "w"
        case .mobile: "mo"
        case .main: "m"
        case .home: "h"
        case .other: "o"
        }
    }
}
