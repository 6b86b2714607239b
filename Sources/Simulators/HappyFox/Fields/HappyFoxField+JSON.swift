/// How the value of a choice field stands in a contact. KB 1092 has the keys `value` and `value_id`, but its samples are
/// null.
package enum HappyFoxChoiceStyle: String, Sendable, CaseIterable {
    /// The label in `value`, the id in `value_id`.
    case labelAndID = "label-and-id"
    /// The id in both.
    case idInBoth = "id-in-both"
    /// The label in `value`, null in `value_id`.
    case labelOnly = "label-only"
}

/// The words that stand for the kinds of fields on the wire.
package struct HappyFoxWireTypes: Sendable, Equatable {
    /// KB 1092 shows `choice`; the module for assets says `dropdown` (KB 1201).
    package var dropdown = "choice"
    /// Not documented for contacts.
    package var number = "number"
    /// Not documented for contacts.
    package var date = "date"
    /// Not documented for contacts.
    package var multipleChoice = "multiple_choice"

    /// The documented word, and guesses for the other three.
    package init() {}

    func word(for kind: HappyFoxField.Kind) -> JSONValue {
        switch kind {
        case .text: "text"
        case .number: .string(number)
        case .dropdown: .string(dropdown)
        case .multipleChoice: .string(multipleChoice)
        case .date: .string(date)
        case .other(let word): .string(word)
        }
    }
}

extension HappyFoxField {
    /// An element of `user_custom_fields/`, with the documented spelling of `dependant_fields`. KB 1092.
    func definition(order: Int, _ types: HappyFoxWireTypes) -> JSONValue {
        [
            "name": .string(name), "depends_on_choice": nil, "required": .bool(isRequired), "id": .integer(id),
            "choices": kind.hasChoices
                ? .array(choices.map { ["text": .string($0.text), "id": .integer($0.id), "dependant_fields": []] })
                : nil,
            "type": types.word(for: kind), "order": .integer(order),
            "visible_to_staff_only": .bool(isVisibleToStaffOnly),
        ]
    }

    /// An element of a contact's `custom_fields`. KB 1092.
    func entry(_ value: FieldValue?, _ types: HappyFoxWireTypes, _ style: HappyFoxChoiceStyle) -> JSONValue {
        let labels = readable(value)
        let ids = ids(value)
        return [
            "name": .string(name), "value": style == .idInBoth && kind.hasChoices ? ids : labels,
            "value_id": style == .labelOnly ? nil : ids, "type": types.word(for: kind), "id": .integer(id),
            "visible_to_staff_only": .bool(isVisibleToStaffOnly),
        ]
    }

    /// A choice's label, several labels in a list, anything else as it is.
    func readable(_ value: FieldValue?) -> JSONValue {
        switch value {
        case nil: return .null
        case .plain(let value): return value
        case .chosen(let ids):
            let labels = ids.compactMap { id in choices.first { $0.id == id }.map { JSONValue.string($0.text) } }
            return kind == .dropdown ? labels.first ?? .null : .array(labels)
        }
    }

    private func ids(_ value: FieldValue?) -> JSONValue {
        guard case .chosen(let ids) = value else { return .null }
        let known = ids.filter { id in choices.contains { $0.id == id } }.map(JSONValue.integer)
        return kind == .dropdown ? known.first ?? .null : .array(known)
    }

    /// What the text of a choice, or of several, stands for: how people name values.
    func value(named json: JSONValue) throws(ValueRefusal) -> FieldValue? {
        func id(_ label: JSONValue) -> JSONValue {
            choices.first { .string($0.text) == label }.map { .integer($0.id) } ?? label
        }
        guard kind.hasChoices else { return try value(from: json) }
        guard case .array(let labels) = json else { return try value(from: id(json)) }
        return try value(from: .array(labels.map(id)))
    }
}
