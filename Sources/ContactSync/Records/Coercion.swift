/// Whether a value fits its field. Nothing is guessed: what does not fit exactly fails, and says so.
enum Coercion {
    static func value(
        _ value: PropertyValue, of path: PropertyPath, for field: FieldDefinition, reasons: inout [Reason]
    ) -> Draft.Field {
        if value == .empty {
            if field.isRequired { reasons.append(.requiredEmpty(field: field.name, property: path.description)) }
            return .empty
        }
        switch fitted(value, field) {
        case .value(let fitted): return .value(fitted)
        case .notAChoice(let text):
            reasons.append(
                .notAChoice(property: path.description, value: text, field: field.name, choices: field.choices))
        case .mismatch:
            reasons.append(mismatch(value, of: path, field: field.name, fieldType: field.type.plainName))
        }
        return .unfit
    }

    static func mismatch(_ value: PropertyValue, of path: PropertyPath, field: String, fieldType: String) -> Reason {
        .mismatch(
            property: path.description, type: value.typeName, value: value.shown, field: field, fieldType: fieldType)
    }

    private enum Fit {
        case value(FieldValue)
        case notAChoice(String)
        case mismatch
    }

    /// Text takes every scalar as it is written; a number only what is exactly one; a dropdown only its choices.
    private static func fitted(_ value: PropertyValue, _ field: FieldDefinition) -> Fit {
        switch (field.type, value) {
        case (.text, .text(let text)): .value(.text(text))
        case (.text, .boolean(let value)): .value(.text(value ? "true" : "false"))
        case (.text, .number(let text)): .value(.text(text))
        case (.number, .number(let text)), (.number, .text(let text)):
            DecimalText.canonical(text).map { .value(.number($0)) } ?? .mismatch
        case (.dropdown, .text(let text)), (.dropdown, .number(let text)): choice(text, of: field)
        case (.dropdown, .boolean(let value)): choice(value ? "true" : "false", of: field)
        case (.multipleChoice, _), (.date, _), (.other, _), (_, .composite), (_, .empty), (.number, .boolean): .mismatch
        }
    }

    private static func choice(_ text: String, of field: FieldDefinition) -> Fit {
        field.choices.contains(text) ? .value(.text(text)) : .notAChoice(text)
    }
}
