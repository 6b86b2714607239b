/// A `$search` such as `"displayName:sales"`: every word must begin a word of the property. Clauses are joined by `OR` or `AND`.
struct Search: Sendable {
    private struct Clause: Sendable {
        let property: String
        let words: [String]
    }

    /// One of the lists must hold completely.
    private var alternatives: [[Clause]]

    private static let searchable = ["displayname", "description", "mail"]

    init(_ text: String) throws {
        alternatives = try text.split(separator: " OR ").map { part in
            try part.split(separator: " AND ").map { try Self.clause(String($0)) }
        }
        if alternatives.isEmpty { throw Self.invalid }
    }

    private static func clause(_ text: String) throws -> Clause {
        let trimmed = text.drop { $0 == " " }
        guard trimmed.first == "\"", let end = trimmed.lastIndex(of: "\""), end > trimmed.startIndex else {
            throw invalid
        }
        let inner = trimmed[trimmed.index(after: trimmed.startIndex)..<end]
        let halves = inner.split(separator: ":", maxSplits: 1)
        guard halves.count == 2, let property = searchable.first(where: { $0 == halves[0].lowercased() }) else {
            throw invalid
        }
        return Clause(property: property, words: words(String(halves[1])))
    }

    func matches(_ value: (String) -> String?) -> Bool {
        alternatives.contains { clauses in
            clauses.allSatisfy { clause in
                let words = Self.words(value(clause.property) ?? "")
                return clause.words.allSatisfy { wanted in words.contains { $0.hasPrefix(wanted) } }
            }
        }
    }

    private static func words(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static let invalid = GraphError(
        status: 400, code: "Request_BadRequest",
        message: "Invalid $search: it must be written as \"property:text\", with the quotation marks.")
}
