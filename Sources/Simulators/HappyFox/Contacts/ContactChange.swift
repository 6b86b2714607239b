/// What a posted object wants to change, checked. Keys that nobody knows are ignored.
struct ContactChange: Sendable {
    /// What the check depends on.
    struct Rules: Sendable {
        var fields: [HappyFoxField]
        var loginValues: HappyFoxSimulator.LoginValues
        /// Custom fields that are not sent are cleared.
        var resetsFields: Bool
        var phones: HappyFoxSimulator.PhonesOnEdit
        /// A number that is changed without its type becomes another one.
        var resetsPhoneType: Bool
    }

    private(set) var name: String?
    /// Nil if it was not sent, null if the address is to be taken away.
    private(set) var email: JSONValue?
    private(set) var phones: [PhoneChange] = []
    private(set) var values: [Int: FieldValue?] = [:]
    private(set) var isLoginEnabled: Bool?
    private var errors: [FieldError] = []

    /// For a contact that there is, or for a new one.
    init(_ json: JSONValue, of contact: StoredContact?, _ rules: Rules) throws(ValidationError) {
        guard case .object = json else {
            throw ValidationError(errors: [FieldError("__all__", "Enter a valid value.")])
        }
        readName(json["name"], isNew: contact == nil)
        readPhones(json["phones"], of: contact, rules)
        readEmail(json["email"], of: contact)
        for field in rules.fields { read(field, json[field.key], isNew: contact == nil, rules) }
        readLogin(json["is_login_enabled"], rules.loginValues)
        if !errors.isEmpty { throw ValidationError(errors: errors) }
    }

    /// The real limit is not published; that there is one is likely.
    private static let longestName = 256

    private mutating func readName(_ json: JSONValue?, isNew: Bool) {
        guard let json else {
            if isNew { errors.append(.required("name")) }
            return
        }
        if let text = json.text, text.count > Self.longestName {
            let words = "Ensure this value has at most \(Self.longestName) characters (it has \(text.count))."
            errors.append(FieldError("name", words))
        } else if let text = json.text, text.contains(where: { !$0.isWhitespace }) {
            name = text
        } else {
            errors.append(
                json.text == nil && json != .null ? FieldError("name", "Enter a valid value.") : .required("name"))
        }
    }

    /// The key must be there for a new contact, though it may be null if there is a phone. KB 1092.
    private mutating func readEmail(_ json: JSONValue?, of contact: StoredContact?) {
        guard let json else {
            if contact == nil { errors.append(.required("email")) }
            return
        }
        if json == .null || json == "" {
            email = .null
            if contact?.phones.isEmpty ?? true, phones.isEmpty { errors.append(.required("phones")) }
        } else if let text = json.text, Self.isAddress(text) {
            email = json
        } else {
            errors.append(FieldError("email", "Enter a valid email address."))
        }
    }

    private mutating func readPhones(
        _ json: JSONValue?, of contact: StoredContact?, _ rules: Rules
    ) {
        guard let json, json != .null, rules.phones != .ignored else { return }
        guard rules.phones == .accepted else {
            return errors.append(FieldError("phones", "Phone numbers cannot be changed here."))
        }
        guard case .array(let entries) = json else {
            return errors.append(FieldError("phones", "Enter a list of values."))
        }
        do throws(ValueRefusal) {
            phones = try entries.map { (entry) throws(ValueRefusal) in
                try PhoneChange(entry, of: contact, resetsType: rules.resetsPhoneType)
            }
        } catch {
            errors.append(FieldError("phones", error.message))
        }
    }

    private mutating func read(_ field: HappyFoxField, _ json: JSONValue?, isNew: Bool, _ rules: Rules) {
        guard let json else {
            if isNew, field.isRequired { errors.append(.requiredCustom(field)) }
            if rules.resetsFields { values[field.id] = .some(nil) }
            return
        }
        do throws(ValueRefusal) {
            let value = try field.value(from: json)
            if value == nil, field.isRequired { errors.append(.requiredCustom(field)) }
            values[field.id] = .some(value)
        } catch {
            errors.append(FieldError(field.key, error.message))
        }
    }

    private mutating func readLogin(_ json: JSONValue?, _ accepted: HappyFoxSimulator.LoginValues) {
        switch (json, accepted) {
        case (nil, _): break
        case ("TRUE", .strings), ("TRUE", .both), (true, .booleans), (true, .both): isLoginEnabled = true
        case ("FALSE", .strings), ("FALSE", .both), (false, .booleans), (false, .both): isLoginEnabled = false
        default: errors.append(FieldError("is_login_enabled", ValueRefusal.choice))
        }
    }

    /// The real rule is documented nowhere. A domain without a dot is good: KB 1092 has one.
    private static func isAddress(_ text: String) -> Bool {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        let isOdd = text.contains { $0.isWhitespace || !$0.isASCII || "<>,;\"".contains($0) }
        return halves.count == 2 && halves.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".") }
            && !isOdd
            && !text.contains("..")
    }
}

extension StoredContact {
    mutating func apply(_ change: ContactChange, lastPhoneID: Int) {
        if let name = change.name { self.name = name }
        if let email = change.email { self.email = email.text }
        if let isLoginEnabled = change.isLoginEnabled { self.isLoginEnabled = isLoginEnabled }
        apply(change.phones, lastPhoneID: lastPhoneID)
        for (field, value) in change.values { values[field] = value }
    }
}
