package import ContactSync

extension HappyFoxContact {
    /// The contact as far as a sync knows contacts.
    ///
    /// - Parameter known: What was known of it: of several phones of one type, the one that it names is meant.
    package func contact(_ definitions: [FieldDefinition], known: Contact? = nil) -> Contact {
        var phones: [PhoneType: String] = [:]
        for type in PhoneType.allCases {
            let number = phone(type, known: known?.phones[type])?.number
            // HappyFox may write a number in its own way, which is no change.
            phones[type] = isSame(number, known?.phones[type]) ? known?.phones[type] : number
        }
        var values: [String: FieldValue] = [:]
        for definition in definitions {
            guard let held = fields.first(where: { $0.id == definition.id }) else { continue }
            values[definition.name] = held.value(definition)
        }
        // An address in another case is the same one.
        let email = known.flatMap { has($0.email) ? $0.email : nil } ?? email
        return Contact(id: id, email: email, name: name, phones: phones, customFields: values)
    }

    /// The phone that stands for its type: the one with the known number, else the contact's first one, else the eldest.
    func phone(_ type: PhoneType, known number: String?) -> Phone? {
        let phones = phones.filter { $0.code == type.code }
        return phones.first { $0.number == number } ?? phones.first { isSame($0.number, number) } ?? phones.first {
            $0.id == primary
        }
            ?? phones.min { $0.id < $1.id }
    }
}

extension HappyFoxContact.Held {
    /// The value for decisions; nil where there is none.
    func value(_ definition: FieldDefinition) -> FieldValue? {
        switch definition.type {
        case .dropdown: choice(definition).map { .text($0) }
        case .number: scalar(value).map { text in DecimalText.canonical(text).map { .number($0) } ?? .text(text) }
        case .text: scalar(value).map { .text($0) }
        // These are never mapped; that there is something tells whether a required field is empty.
        case .multipleChoice, .date, .other: anything.map { .text($0) }
        }
    }

    func scalar(_ json: JSONValue) -> String? {
        switch json {
        case .string(let text): text.isEmpty ? nil : text
        case .number(let text): text
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    private func choice(_ definition: FieldDefinition) -> String? {
        if let id = choiceIDs(definition).first, let text = definition.choice(id) { return text }
        return scalar(value)
    }

    private var anything: String? {
        if let text = scalar(value) ?? scalar(valueID) { return text }
        if case .array(let elements) = value, !elements.isEmpty { return String(decoding: bytes(value), as: UTF8.self) }
        if case .object = value { return String(decoding: bytes(value), as: UTF8.self) }
        if case .array(let elements) = valueID, !elements.isEmpty {
            return String(decoding: bytes(valueID), as: UTF8.self)
        }
        return nil
    }

    private func bytes(_ json: JSONValue) -> [UInt8] { CanonicalJSON(json).bytes }

    /// The numbers of what is chosen, whichever of the two spellings holds them.
    func choiceIDs(_ definition: FieldDefinition) -> [Int64] {
        let ids = elements(of: valueID).compactMap(number)
        if !ids.isEmpty { return ids }
        // A label may hold a comma.
        if let named = value.string.flatMap(definition.choiceID(of:)) { return [named] }
        return elements(of: value).compactMap { element in
            // A label that looks like a number is the choice that is called so.
            if let text = element.string, let named = definition.choiceID(of: text) { return named }
            return number(element).flatMap { definition.choice($0) == nil ? nil : $0 }
        }
    }

    private func elements(of json: JSONValue) -> [JSONValue] {
        if case .string(let text) = json, text.contains(",") {
            return [json] + text.split(separator: ",").map { .string(String($0.drop { $0 == " " })) }
        }
        return json.array ?? [json]
    }

    private func number(_ json: JSONValue) -> Int64? {
        json["id"]?.integer ?? json.integer ?? json.string.flatMap { Int64($0) }
    }
}
