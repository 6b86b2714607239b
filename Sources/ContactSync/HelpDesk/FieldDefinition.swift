/// A contact custom field of the help desk.
package struct FieldDefinition: Codable, Equatable, Sendable {
    package let name: String
    package var type: FieldType
    package var isRequired: Bool
    /// What a dropdown or multiple choice offers, in order; empty for the other types.
    package var choices: [String]
    /// The field's number in a help desk elsewhere; nil for the embedded one.
    package var id: Int64?
    /// The numbers of the choices in a help desk elsewhere, as many as there are choices.
    package var choiceIDs: [Int64]?

    package init(
        name: String, type: FieldType, isRequired: Bool = false, choices: [String] = [], id: Int64? = nil,
        choiceIDs: [Int64]? = nil
    ) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.choices = choices
        self.id = id
        self.choiceIDs = choiceIDs
    }
}

/// The kinds of custom field a help desk has. Only the first three can be mapped, as the product says.
package enum FieldType: RawRepresentable, Hashable, Codable, CaseIterable, Sendable {
    case text, number, dropdown, multipleChoice, date
    /// A type of a help desk that we do not know, under its own name (HappyFox documents only some of them, KB 1092).
    case other(String)

    package static let allCases: [FieldType] = [.text, .number, .dropdown, .multipleChoice, .date]

    package init(rawValue: String) {
        self = FieldType.allCases.first { $0.rawValue == rawValue } ?? .other(rawValue)
    }

    package var rawValue: String {
        switch self {
        case .text: "text"
        case .number: "number"
        case .dropdown: "dropdown"
        case .multipleChoice: "multiple-choice"
        case .date: "date"
        case .other(let name): name
        }
    }

    package var isMappable: Bool {
        switch self {
        case .text, .number, .dropdown: true
        case .multipleChoice, .date, .other: false
        }
    }

    package var hasChoices: Bool {
        switch self {
        case .dropdown, .multipleChoice: true
        case .text, .number, .date, .other: false
        }
    }

    package var plainName: String {
        switch self {
        case .multipleChoice: "multiple choice"
        case .text, .number, .dropdown, .date, .other: rawValue
        }
    }
}
