package import ContactSync

/// What is sent of a contact. `POST users/` resets every custom field that it is not sent (KB 1092), so an update always
/// holds all that HappyFox holds, overlaid with what was decided.
package struct ContactPayload: Sendable {
    package let email: String
    let json: JSONValue

    private typealias Members = [(key: String, value: JSONValue)]

    /// A new contact.
    package static func create(_ contact: Contact, _ fields: [FieldDefinition]) -> ContactPayload {
        var members: Members = [("name", .string(contact.name)), ("email", .string(contact.email))]
        let phones = contact.phones.sorted { $0.key < $1.key }.enumerated().map { index, phone in
            JSONValue.object([
                ("type", .string(phone.key.code)), ("number", .string(phone.value)), ("is_primary", .bool(index == 0)),
            ])
        }
        members.append(("phones", .array(phones)))
        for field in fields {
            guard let key = field.key, let value = contact.customFields[field.name] else { continue }
            members.append((key, sent(value, field)))
        }
        return ContactPayload(email: contact.email, json: .object(members))
    }

    /// Everything but a new address: that can only be changed where the contact is named by its number.
    ///
    /// - Parameter email: What the contact has by now; it is how HappyFox finds the contact, and so in its spelling.
    package static func update(
        _ held: HappyFoxContact, _ changes: [ContactChange], email: String, _ fields: [FieldDefinition]
    ) -> ContactPayload {
        let members: Members =
            [("name", .string(name(held, changes))), ("email", .string(email)), ("phones", phones(held, changes))]
            + customFields(held, changes, fields)
        return ContactPayload(email: email, json: .object(members))
    }

    /// A new address, with all that may be reset by leaving it out: whether `user/<id>/` resets too is not documented.
    package static func rename(
        _ held: HappyFoxContact, _ changes: [ContactChange], email: String, _ fields: [FieldDefinition]
    ) -> ContactPayload {
        let members: Members =
            [("name", .string(name(held, changes))), ("email", .string(email))] + customFields(held, [], fields)
        return ContactPayload(email: email, json: .object(members))
    }

    private static func name(_ held: HappyFoxContact, _ changes: [ContactChange]) -> String {
        changes.first { $0.field == .name }?.new?.shown ?? held.name
    }

    /// A number that replaces one carries its id; without it HappyFox would add a second one.
    private static func phones(_ held: HappyFoxContact, _ changes: [ContactChange]) -> JSONValue {
        var numbers = Dictionary(held.phones.map { ($0.id, $0.number) }, uniquingKeysWith: { $1 })
        var added: [JSONValue] = []
        for case (.phone(let type), let old, let new?) in changes.map({ ($0.field, $0.old, $0.new) }) {
            if let phone = held.phone(type, known: old?.shown) {
                numbers[phone.id] = new.shown
            } else {
                added.append(
                    .object([
                        ("type", .string(type.code)), ("number", .string(new.shown)),
                        ("is_primary", .bool(held.phones.isEmpty && added.isEmpty)),
                    ]))
            }
        }
        let kept = held.phones.map { phone in
            JSONValue.object([
                ("id", .number(String(phone.id))), ("type", .string(phone.code)),
                ("number", .string(numbers[phone.id] ?? phone.number)), ("is_primary", .bool(phone.id == held.primary)),
            ])
        }
        return .array(kept + added)
    }

    private static func customFields(
        _ held: HappyFoxContact, _ changes: [ContactChange], _ fields: [FieldDefinition]
    ) -> Members {
        var values: [Int64: JSONValue] = [:]
        for field in held.fields {
            values[field.id] = field.sent(fields.first { $0.id == field.id })
        }
        for change in changes {
            guard case .custom(let name) = change.field, let field = fields.first(where: { $0.name == name }),
                let id = field.id
            else { continue }
            values[id] = change.new.map { sent($0, field) }
        }
        return values.sorted { $0.key < $1.key }.map { ("c-cf-\($0.key)", $0.value) }
    }

    /// A dropdown's choice goes by its number, a number as an integer or with two decimals (KB 1092).
    private static func sent(_ value: FieldValue, _ field: FieldDefinition) -> JSONValue {
        switch (field.type, value) {
        case (.dropdown, .text(let text)), (.dropdown, .number(let text)):
            field.choiceID(of: text).map { .number(String($0)) } ?? .string(text)
        case (_, .number(let text)): .number(twoDecimals(text))
        case (_, .text(let text)): .string(text)
        }
    }

    static func twoDecimals(_ text: String) -> String {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[1].count == 1 ? text + "0" : text
    }
}

extension HappyFoxContact.Held {
    /// The value as it is sent back; nil where there is none.
    func sent(_ definition: FieldDefinition?) -> JSONValue? {
        let ids = definition.map(choiceIDs) ?? []
        switch definition?.type {
        case .dropdown?:
            if let id = ids.first { return .number(String(id)) }
        case .multipleChoice?:
            if !ids.isEmpty { return .array(ids.map { .number(String($0)) }) }
        case .number?:
            if let number = scalar(value).flatMap(DecimalText.canonical) {
                return .number(ContactPayload.twoDecimals(number))
            }
        case .text?, .date?: break
        case .other?, nil: if valueID != .null, valueID != .array([]) { return valueID }
        }
        return value == .null || value == .string("") ? nil : value
    }
}
