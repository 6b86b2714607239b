/// A directory and the application that is registered to read it.
struct Tenant: Sendable {
    /// What a client must prove.
    struct Application: Sendable {
        enum Secret: Sendable {
            case valid(String)
            case revoked
            case expired(String)
        }

        let clientID: String
        var secret: Secret
    }

    let id: String
    let displayName: String
    let defaultDomain: String
    let initialDomain: String
    var application: Application
    var directory: Directory

    init(_ configuration: EntraSimulator.Configuration) {
        id = configuration.tenantID.lowercased()
        displayName = configuration.displayName
        defaultDomain = configuration.defaultDomain
        initialDomain = configuration.initialDomain
        application = Application(clientID: configuration.clientID, secret: .valid(configuration.clientSecret))
        directory = Directory(
            roster: Roster(
                seed: configuration.seed,
                count: max(0, configuration.users),
                clean: configuration.clean,
                domain: configuration.defaultDomain,
                initialDomain: configuration.initialDomain,
                companyName: configuration.displayName))
    }

    /// A tenant is named by its id or by one of its domains.
    func isNamed(_ name: String) -> Bool {
        [id, defaultDomain, initialDomain].contains { $0.lowercased() == name.lowercased() }
    }

    func hasVerified(_ domain: some StringProtocol) -> Bool {
        [defaultDomain, initialDomain].contains { $0.lowercased() == domain.lowercased() }
    }
}
