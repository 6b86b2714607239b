import ContactSync

/// Custom fields of contacts as `user_custom_fields/` gives them (KB 1092).
package enum HappyFoxFields {
    /// Of two fields with one name only the first can be told by it, and stands.
    static func definitions(_ rows: [JSONValue]) -> [FieldDefinition] {
        var names: Set<String> = []
        return rows.compactMap(definition).filter { names.insert($0.name).inserted }
    }

    private static func definition(_ row: JSONValue) -> FieldDefinition? {
        guard let id = row["id"]?.integer, let name = row["name"]?.string, !name.isEmpty else { return nil }
        let choices = (row["choices"]?.array ?? []).compactMap { choice -> (id: Int64, text: String)? in
            guard let id = choice["id"]?.integer, let text = choice["text"]?.string else { return nil }
            return (id, text)
        }
        let type = type(row["type"]?.string ?? "unknown")
        // A field that depends on a choice is asked for only where that choice was made; HappyFox itself judges that.
        let depends = row["depends_on_choice"].map { $0 != .null } ?? false
        return FieldDefinition(
            name: name, type: type, isRequired: row["required"]?.bool == true && !depends,
            choices: type.hasChoices ? choices.map(\.text) : [], id: id,
            choiceIDs: type.hasChoices ? choices.map(\.id) : nil)
    }

    /// Only `text` and `choice` are documented for contacts; the others are what the documentation calls the kinds, or
    /// what HappyFox's other modules write. Whatever else comes is kept under its own name.
    private static func type(_ name: String) -> FieldType {
        switch name.lowercased().filter(\.isLetter) {
        case "text", "textarea": .text
        case "number", "integer", "decimal", "float": .number
        case "choice", "dropdown", "select": .dropdown
        case "multiplechoice", "multichoice", "multipleoption", "multipleoptions", "multiselect", "multipleselect":
            .multipleChoice
        case "date": .date
        default: .other(name)
        }
    }
}

extension FieldDefinition {
    /// The key of the field in what is sent and in what HappyFox complains of.
    var key: String? { id.map { "c-cf-\($0)" } }

    func choiceID(of text: String) -> Int64? { choices.firstIndex(of: text).flatMap(choiceID(at:)) }

    private func choiceID(at index: Int) -> Int64? {
        choiceIDs.flatMap { $0.indices.contains(index) ? $0[index] : nil }
    }

    func choice(_ id: Int64) -> String? {
        choiceIDs?.firstIndex(of: id).flatMap { choices.indices.contains($0) ? choices[$0] : nil }
    }
}
