/// What a contact has in a custom field.
enum FieldValue: Sendable, Equatable {
    /// A text, number or date.
    case plain(JSONValue)
    /// Ids, in the order in which they were written.
    case chosen([Int])
}

/// Why a value is no value of a field, in the words that people read.
struct ValueRefusal: Error {
    let message: String

    /// KB 1092 shows this sentence.
    static let choice = "Select a valid choice. That choice is not one of the available choices."
}

extension HappyFoxField {
    /// What a posted value stands for; nil clears the field. Formats by KB 1092: a choice is written as its id, several as a
    /// list of ids, a date as `yyyy-mm-dd`. The wording of refusals is Django's, as in the two that are documented.
    func value(from json: JSONValue) throws(ValueRefusal) -> FieldValue? {
        if json == .null || json == "" || json == [] { return nil }
        switch kind {
        case .text, .other: return .plain(.string(try Self.text(json)))
        case .number: return .plain(try Self.number(json))
        case .date: return .plain(.string(try Self.date(json)))
        case .dropdown: return .chosen([try choice(json)])
        case .multipleChoice:
            guard case .array(let elements) = json else { throw ValueRefusal(message: "Enter a list of values.") }
            return .chosen(try elements.map { (element) throws(ValueRefusal) in try choice(element) })
        }
    }

    private func choice(_ json: JSONValue) throws(ValueRefusal) -> Int {
        guard let id = json.wholeNumber, choices.contains(where: { $0.id == id }) else {
            throw ValueRefusal(message: ValueRefusal.choice)
        }
        return id
    }

    private static func text(_ json: JSONValue) throws(ValueRefusal) -> String {
        switch json {
        case .string(let text): return text
        case .integer(let number): return String(number)
        case .number(let number): return String(number)
        case .null, .bool, .array, .object: throw ValueRefusal(message: "Enter a valid value.")
        }
    }

    /// Form bodies have texts only.
    private static func number(_ json: JSONValue) throws(ValueRefusal) -> JSONValue {
        if let whole = json.wholeNumber { return .integer(whole) }
        let number: Double? =
            switch json {
            case .number(let number): number
            case .string(let text): Double(text)
            default: nil
            }
        guard let number, number.isFinite else { throw ValueRefusal(message: "Enter a number.") }
        guard (number * 100).rounded() / 100 == number else {
            throw ValueRefusal(message: "Ensure that there are no more than 2 decimal places.")
        }
        return .number(number)
    }

    private static func date(_ json: JSONValue) throws(ValueRefusal) -> String {
        guard let text = json.text, text.count == 10, let day = CivilDay(parsing: text), day.text == text else {
            throw ValueRefusal(message: "Enter a valid date.")
        }
        return text
    }
}

extension JSONValue {
    /// A whole number, also if it came as the text of a form.
    var wholeNumber: Int? {
        switch self {
        case .integer(let number): number
        case .string(let text): Int(text)
        default: nil
        }
    }
}
