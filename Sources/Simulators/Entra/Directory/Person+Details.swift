extension Person {
    /// A number of the user's country, spaced as people write them.
    func phone(_ question: Dice.Question) -> String {
        let number = Int(roll(question) % 90_000_000)
        let parts = [10 + number / 1_000_000, 100 + number / 1000 % 900, 100 + number % 900]
        return culture.dialing + " " + String(parts[0]) + " " + String(parts[1]) + " " + String(parts[2])
    }

    func place(_ property: Property) -> String {
        let roll = roll(.address)
        let place = culture.places[roll.pick(culture.places.count)]
        switch property {
        case .city: return place.city
        case .state: return place.state
        case .country: return culture.country
        case .usageLocation: return culture.countryCode
        case .preferredLanguage: return culture.language
        case .postalCode: return String(10_000 + roll.pick(89_999, shift: 16))
        case .officeLocation:
            return String(1 + roll.pick(40, shift: 32)) + "/" + String(1000 + roll.pick(4000, shift: 40))
        default: return street(roll)
        }
    }

    private func street(_ roll: UInt64) -> String {
        let street = Self.pick(culture.streets, roll >> 24) + " " + String(1 + roll.pick(200, shift: 44))
        return oddity == .veryLong ? Self.repeated(street + ", ", to: 1024) : street
    }

    /// Between 2012 and 2024; somebody is hired at most 90 days before the account is made.
    func date(_ property: Property) -> JSONValue {
        let roll = roll(.dates)
        let created = 1_325_376_000 + Int(roll % 410_227_200)
        switch property {
        case .employeeHireDate:
            return .string(Timestamp.iso(seconds: created / 86_400 * 86_400 - roll.pick(90, shift: 40) * 86_400) + "Z")
        case .externalUserStateChangeDateTime where !isGuest: return .null
        case .onPremisesLastSyncDateTime where !isSynced: return .null
        default: return .string(Timestamp.iso(seconds: created) + "Z")
        }
    }

    var employeeOrgData: JSONValue {
        [
            "division": .string(department),
            "costCenter": .string("CC-" + String(100 + roll(.department).pick(900, shift: 16))),
        ]
    }

    /// Attribute 1 is a number written as text, attribute 2 a colour; the others were never used.
    var extensionAttributes: JSONValue {
        let roll = roll(.extensions)
        return .object(
            Self.extensionNames.enumerated().map { place, name in
                switch place {
                case 0: .init(name, .string(String(1 + roll.pick(999))))
                case 1: .init(name, .string(Self.pick(["red", "green", "blue", "amber"], roll >> 16)))
                default: .init(name, .null)
                }
            })
    }

    static let extensionNames = (1...15).map { "extensionAttribute\($0)" }
}
