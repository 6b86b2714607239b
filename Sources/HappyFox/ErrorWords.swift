package import ContactSync

/// What HappyFox says is wrong, in its own words, out of every shape in which it says so (KB 1092, 1039, 1201): `error` or
/// `errors`, holding a text, an array of texts or of {field, errors}, or an object by field, nested or not.
package struct ErrorWords: Equatable, Sendable {
    /// One line; fields by the names that `names` gives them.
    package let text: String

    /// Longer texts are cut: a page of HTML helps nobody.
    static let longest = 500

    /// Nil where the value tells of no error.
    package init?(_ json: JSONValue, names: (String) -> String = { $0 }) {
        guard let error = [json["error"], json["errors"]].compactMap({ $0 }).first(where: ErrorWords.tells) else {
            return nil
        }
        let words = ErrorWords.words(error, names).joined(separator: "; ")
        text = words.isEmpty ? "refused without a reason" : String(words.prefix(ErrorWords.longest))
    }

    /// An empty member stands for no error.
    private static func tells(_ json: JSONValue) -> Bool {
        switch json {
        case .null, .bool(false): false
        case .string(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object(let members): !members.isEmpty
        case .number, .bool(true): true
        }
    }

    private static func words(_ json: JSONValue, _ names: (String) -> String) -> [String] {
        switch json {
        case .string(let text): text.isEmpty ? [] : [text]
        case .number(let text): [text]
        case .array(let elements): elements.flatMap { words($0, names) }
        case .object(let members): words(members, names)
        case .null, .bool: []
        }
    }

    private static func words(
        _ members: [(key: String, value: JSONValue)], _ names: (String) -> String
    ) -> [String] {
        let object = JSONValue.object(members)
        if let field = object["field"]?.string, let errors = object["errors"] ?? object["error"] {
            return words(errors, names).map { "\(names(field)): \($0)" }
        }
        return members.flatMap { member in words(member.value, names).map { "\(names(member.key)): \($0)" } }
    }
}
