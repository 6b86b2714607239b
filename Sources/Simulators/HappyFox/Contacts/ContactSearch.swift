/// What `q` asks for: terms `field:value`, all of which must hold. KB 1092. Texts are found anywhere in a value and without
/// regard to case, which is documented nowhere: a client that wants one contact has to look at what it gets.
struct ContactSearch: Sendable {
    private static let names: Set = ["name", "email", "phone", "updated_since", "created_since"]
    private var terms: [(field: String, value: String)] = []

    /// A word without a known field belongs to the value before it, as in `name:ann example`.
    init(_ text: String) {
        for word in text.filter({ $0 != "\"" }).split(separator: " ") {
            let halves = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            if halves.count == 2, Self.names.contains(String(halves[0])) {
                terms.append((String(halves[0]), String(halves[1])))
            } else if let last = terms.indices.last {
                terms[last].value += " " + word
            } else {
                terms.append(("name", String(word)))
            }
        }
    }

    func matches(_ contact: StoredContact) -> Bool {
        terms.allSatisfy { Self.matches(contact, $0.field, $0.value) }
    }

    private static func matches(_ contact: StoredContact, _ field: String, _ value: String) -> Bool {
        switch field {
        case "name": contact.name.lowercased().contains(value.lowercased())
        case "email": contact.email?.lowercased().contains(value.lowercased()) == true
        // The plus that a number is stored with is left out of the search. KB 1092.
        case "phone": contact.phones.contains { $0.number.drop { $0 == "+" }.contains(value) }
        case "updated_since": isSince(contact.updatedAt, value)
        default: isSince(contact.createdAt, value)
        }
    }

    /// KB 1039 writes days as `YYYY/MM/DD` in one place and as `MM/DD/YYYY` in another. What is no day finds nothing.
    private static func isSince(_ milliseconds: Int64?, _ value: String) -> Bool {
        let parts = value.split { $0 == "/" || $0 == "-" }
        guard let milliseconds, parts.count == 3 else { return false }
        let order = parts[0].count == 4 ? [0, 1, 2] : [2, 0, 1]
        let text = order.map { String(parts[$0]) }.joined(separator: "-")
        return CivilDay(parsing: text).map { milliseconds >= Int64($0.daysSince1970) * 86_400_000 } ?? false
    }
}
