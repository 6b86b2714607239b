/// One seeded user. Everything follows from the seed and the user's number.
struct Person: Sendable {
    let roster: Roster
    let index: Int
    let culture: Culture
    let given: Name
    let surname: Name
    let isGuest: Bool

    init(_ index: Int, in roster: Roster) {
        self.roster = roster
        self.index = index
        let roll = roster.dice.roll(.name, index)
        culture = Culture.all[roll.pick(Culture.all.count)]
        given = culture.given[roll.pick(culture.given.count, shift: 16)]
        let family = culture.surnames[roll.pick(culture.surnames.count, shift: 32)]
        let other = culture.surnames[roll.pick(culture.surnames.count, shift: 40)]
        surname =
            roll.happens(perThousand: 40, shift: 48) && !culture.familyFirst
            ? Name(text: family.text + "-" + other.text, ascii: family.ascii + "-" + other.ascii)
            : family
        isGuest = roster.dice.roll(.kind, index).happens(perThousand: 30)
    }

    /// The number makes it unique, and lets a user be found by it.
    var localPart: String { given.ascii + "." + surname.ascii + String(index) }

    /// The home address of a guest.
    var partnerMail: String { localPart + "@partner.example" }

    var principalName: String {
        isGuest ? localPart + "_partner.example#EXT#@" + roster.initialDomain : localPart + "@" + roster.domain
    }

    var displayName: String {
        switch oddity {
        case .veryLong: Self.repeated("Dr. " + westernOrder + ", ", to: 256)
        case .emoji: westernOrder + " 🦊👩‍💻"
        case .quotes: given.text + " \"" + given.ascii + "\" " + surname.text
        case .formula, .none: culture.familyFirst && isIdeographic ? surname.text + given.text : ordered
        }
    }

    /// False in a clean tenant: what a record may lack, and how often.
    func lacks(_ question: Dice.Question, perThousand: Int = 20) -> Bool {
        Self.lacks(roll(question), perThousand, in: roster)
    }

    static func lacks(_ roll: UInt64, _ perThousand: Int, in roster: Roster) -> Bool {
        !roster.clean && roll.happens(perThousand: perThousand, shift: 48)
    }

    func roll(_ question: Dice.Question) -> UInt64 {
        roster.dice.roll(question, index)
    }

    private var westernOrder: String { given.text + " " + surname.text }

    private var ordered: String { culture.familyFirst ? surname.text + " " + given.text : westernOrder }

    /// Chinese and Japanese names are written without a space.
    private var isIdeographic: Bool { culture.countryCode == "CN" || culture.countryCode == "JP" }

    /// The text over and over, cut at exactly that many characters.
    static func repeated(_ text: String, to length: Int) -> String {
        let times = length / max(text.count, 1) + 1
        return String(String(repeating: text, count: times).prefix(length))
    }
}
