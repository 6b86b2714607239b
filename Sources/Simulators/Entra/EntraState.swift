internal import FoundationEssentials

/// Everything that changes while the simulator runs. The service keeps it behind one lock.
struct EntraState: Sendable {
    var tenants: [Tenant]
    var applications: [AppRegistration]
    var tokens = AccessTokens()
    var signIns = SignIns()
    var faults: FaultPlan
    var log = RequestLog()
    /// Makes every page link unlike any before it.
    var links = 0

    init(_ configuration: EntraSimulator.Configuration) {
        let count = max(1, configuration.tenants)
        tenants = (0..<count).map { Tenant(configuration, number: $0) }
        applications = (0..<count).map { AppRegistration(configuration, number: $0) }
        faults = FaultPlan(configuration.faults)
        // The first application is known everywhere; each further tenant has one of its own besides.
        for index in tenants.indices {
            for application in Set([0, index]) {
                tenants[index].consents[application] = .all(configuration.isConsented ? configuration.permissions : [])
            }
        }
    }

    /// What a token may do now: what it was given out for, as far as that is still consented to.
    func caller(_ grant: AccessTokens.Grant) -> Caller {
        let consent = tenants[grant.tenant].consents[grant.application] ?? Consent()
        let still = grant.isPerson ? consent.delegated : consent.application
        return Caller(
            tenant: grant.tenant, permissions: grant.permissions.intersection(still), isPerson: grant.isPerson)
    }
}

extension AppRegistration {
    fileprivate init(_ configuration: EntraSimulator.Configuration, number: Int) {
        let isFirst = number == 0
        self.init(
            clientID: isFirst ? configuration.clientID : ObjectID(seed: 0x61_7070).text(of: number),
            secret: .valid(configuration.clientSecret + (isFirst ? "" : "-\(number + 1)")),
            secretExpiry: configuration.secretExpiry,
            certificates: isFirst ? configuration.certificates.compactMap { try? RegisteredCertificate(pem: $0) } : [],
            home: isFirst ? nil : number, isPublic: configuration.isPublicClient,
            redirects: configuration.redirectURIs)
    }
}
