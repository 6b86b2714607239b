/// A name as it is written, and as it is spelled in an address.
struct Name: Sendable {
    let text: String
    let ascii: String
}

/// Where a user comes from: names, places and the telephone prefix that go together.
/// A class, because every person of a page refers to one.
final class Culture: Sendable {
    let language: String
    let countryCode: String
    let country: String
    let dialing: String
    /// East Asian and Hungarian names begin with the family.
    let familyFirst: Bool
    let given: [Name]
    let surnames: [Name]
    /// City and state.
    let places: [(city: String, state: String)]
    let streets: [String]

    /// `given` and `surnames` are lists like `Jürgen=jurgen Zoë=zoe`, with `_` for a space within a name; `places` is
    /// `City/State, City/State`.
    init(
        _ language: String, _ country: String, dialing: String, familyFirst: Bool = false,
        given: String, surnames: String, places: String, streets: String
    ) {
        self.language = language
        self.countryCode = String(language.suffix(2))
        self.country = country
        self.dialing = dialing
        self.familyFirst = familyFirst
        self.given = Self.names(given)
        self.surnames = Self.names(surnames)
        self.places = places.split(separator: ",").map { place in
            let parts = place.split(separator: "/").map { $0.drop { $0 == " " } }
            return (String(parts.first ?? ""), String(parts.last ?? ""))
        }
        self.streets = streets.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }

    private static func names(_ list: String) -> [Name] {
        list.split(whereSeparator: \.isWhitespace).map { entry in
            let parts = entry.split(separator: "=")
            let text = String((parts.first ?? "").map { $0 == "_" ? " " : $0 })
            return Name(text: text, ascii: parts.count > 1 ? String(parts[1]) : text.lowercased())
        }
    }
}
