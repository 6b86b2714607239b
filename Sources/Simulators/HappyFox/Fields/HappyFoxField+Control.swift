/// How the control routes spell definitions of fields.
extension HappyFoxField {
    var json: JSONValue {
        [
            "id": .integer(id), "name": .string(name), "type": .string(kind.name), "required": .bool(isRequired),
            "choices": .array(choices.map { ["id": .integer($0.id), "text": .string($0.text)] }),
            "staffOnly": .bool(isVisibleToStaffOnly),
        ]
    }

    /// A whole list; what has no id gets one that nothing else in the list has.
    static func list(_ json: JSONValue) throws -> [HappyFoxField] {
        guard case .array(let elements) = json else {
            throw HappyFoxService.Refusal(description: "not a list of fields")
        }
        var last = elements.compactMap { $0["id"]?.wholeNumber }.max() ?? 0
        return try elements.map { element in
            if element["id"] == nil { last += 1 }
            return try HappyFoxField(element, id: element["id"]?.wholeNumber ?? last)
        }
    }

    private init(_ json: JSONValue, id: Int) throws {
        guard let name = json["name"]?.text else { throw HappyFoxService.Refusal(description: "a field has a name") }
        var choices: [Choice] = []
        if case .array(let elements)? = json["choices"] {
            var last = elements.compactMap { $0["id"]?.wholeNumber }.max() ?? 0
            for element in elements {
                if element["id"] == nil { last += 1 }
                guard let text = element.text ?? element["text"]?.text else {
                    throw HappyFoxService.Refusal(description: "a choice has a text")
                }
                choices.append(Choice(id: element["id"]?.wholeNumber ?? last, text: text))
            }
        }
        self.init(
            id: id, name: name, kind: Kind(name: json["type"]?.text ?? "text"), isRequired: json["required"] == true,
            choices: choices, isVisibleToStaffOnly: json["staffOnly"] == true)
    }
}

extension HappyFoxField.Kind {
    fileprivate var name: String {
        switch self {
        case .text: "text"
        case .number: "number"
        case .dropdown: "dropdown"
        case .multipleChoice: "multiple-choice"
        case .date: "date"
        case .other(let word): word
        }
    }

    fileprivate init(name: String) {
        self = [.text, .number, .dropdown, .multipleChoice, .date].first { $0.name == name } ?? .other(name)
    }
}
