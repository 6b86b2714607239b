/// A directory, and what has been agreed to in it.
struct Tenant: Sendable {
    let id: String
    let displayName: String
    let defaultDomain: String
    let initialDomain: String
    var directory: Directory
    var groups: GroupDirectory
    /// By application; one that is missing is unknown here.
    var consents: [Int: Consent] = [:]
    var memberships = MembershipCache()
    /// The value of the last claims challenge; tokens without it are not good any more.
    var challenge: String?

    private static let names = ["Contoso", "Fabrikam", "Adatum", "Litware", "Northwind", "Proseware", "Tailspin"]

    /// The first is as configured, the others are named after it.
    init(_ configuration: EntraSimulator.Configuration, number: Int) {
        let isFirst = number == 0
        let name = number < Self.names.count ? Self.names[number] : "Tenant\(number + 1)"
        let seed = configuration.seed &+ UInt64(number)
        id = isFirst ? configuration.tenantID.lowercased() : ObjectID(seed: 0x7465_6e61_6e74).text(of: number)
        displayName = isFirst ? configuration.displayName : name
        defaultDomain = isFirst ? configuration.defaultDomain : name.lowercased() + ".example"
        initialDomain = isFirst ? configuration.initialDomain : name.lowercased() + ".onmicrosoft.example"
        directory = Directory(
            roster: Roster(
                seed: seed, count: max(0, configuration.users), clean: configuration.clean, domain: defaultDomain,
                initialDomain: initialDomain, companyName: displayName))
        groups = GroupDirectory(
            seed: seed, groups: SeededGroups(domain: defaultDomain, teams: max(0, configuration.teams)).all)
    }

    /// What it may be called in an authority.
    var names: [String] { [id, defaultDomain, initialDomain] }

    /// A tenant is named by its id or by one of its domains.
    func isNamed(_ name: String) -> Bool {
        names.contains { $0.lowercased() == name.lowercased() }
    }

    func hasVerified(_ domain: some StringProtocol) -> Bool {
        [defaultDomain, initialDomain].contains { $0.lowercased() == domain.lowercased() }
    }
}
