/// The seeded users of a tenant. Nothing is stored: user number `i` is computed whenever somebody asks.
/// A class, because every person of a page refers to it.
final class Roster: Sendable {
    let dice: Dice
    let ids: ObjectID
    let count: Int
    /// Without missing or odd values that could make a record fail.
    let clean: Bool
    let domain: String
    let initialDomain: String
    let companyName: String

    init(seed: UInt64, count: Int, clean: Bool, domain: String, initialDomain: String, companyName: String) {
        dice = Dice(seed: seed)
        ids = ObjectID(seed: seed)
        self.count = count
        self.clean = clean
        self.domain = domain
        self.initialDomain = initialDomain
        self.companyName = companyName
    }

    /// The user whose user principal name that is, if it is one of ours: the number stands in it.
    func index(ofPrincipalName name: String) -> Int? {
        guard let local = name.lowercased().split(separator: "@").first else { return nil }
        let beforePartner = local.split(separator: "_").first ?? local
        let digits = beforePartner.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
        guard let index = Int(String(digits)), index < count else { return nil }
        return Person(index, in: self).principalName.lowercased() == name.lowercased() ? index : nil
    }
}
