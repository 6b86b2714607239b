/// A contact custom field of the help desk.
package struct FieldDefinition: Codable, Equatable, Sendable {
    package let name: String
    package var type: FieldType
    package var isRequired: Bool
    /// What a dropdown or multiple choice offers, in order; empty for the other types.
    package var choices: [String]

    package init(name: String, type: FieldType, isRequired: Bool = false, choices: [String] = []) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.choices = choices
    }
}

/// The kinds of custom field a help desk has. The last two can be defined but not mapped, as the product says.
package enum FieldType: String, Codable, CaseIterable, Sendable {
    case text, number, dropdown
    case multipleChoice = "multiple-choice"
    case date

    package var isMappable: Bool {
        switch self {
        case .text, .number, .dropdown: true
        case .multipleChoice, .date: false
        }
    }

    package var hasChoices: Bool {
        switch self {
        case .dropdown, .multipleChoice: true
        case .text, .number, .date: false
        }
    }

    package var plainName: String {
        switch self {
        case .multipleChoice: "multiple choice"
        case .text, .number, .dropdown, .date: rawValue
        }
    }
}
