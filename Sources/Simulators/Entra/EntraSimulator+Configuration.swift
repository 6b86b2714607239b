package import FoundationEssentials

extension EntraSimulator {
    /// What the simulated tenant is like and how the server behaves.
    package struct Configuration: Sendable {
        /// The same seed gives the same users.
        package var seed: UInt64 = 1
        /// How many users each tenant is seeded with.
        package var users = 250
        /// How many tenants there are; the first is as configured here.
        package var tenants = 1
        /// How many groups of a few users each, besides those of every kind that there always are.
        package var teams = 0
        /// Objects in a page of a delta round; there the server decides.
        package var pageSize = 200
        /// How long an access token is good for.
        package var tokenLifetime = Duration.seconds(3600)
        /// The application that may read the tenant.
        package var clientID = "00001111-aaaa-4222-8333-bbbbccccdddd"
        /// Its secret.
        package var clientSecret = "simulated-secret"
        /// The secret is refused as expired from then on.
        package var secretExpiry: Date?
        /// PEM texts of the certificates that it may sign with.
        package var certificates: [String] = []
        /// What the application asks for, and what an administrator who consents agrees to.
        package var permissions = Permission.least
        /// Whether that was consented to beforehand.
        package var isConsented = true
        /// People may sign in without a credential of the application.
        package var isPublicClient = true
        /// Where sign-ins may be sent back to; the port of a loopback address is not compared.
        package var redirectURIs = ["http://localhost", "http://127.0.0.1"]
        /// How often a device may poll, in seconds.
        package var deviceInterval = 5
        /// How long a device's code is good for, in seconds.
        package var deviceCodeLifetime = 900
        /// The tenant's GUID.
        package var tenantID = "aaaabbbb-0000-4ccc-9ddd-111122223333"
        /// The organization's name.
        package var displayName = "Contoso"
        /// The verified domain in which users are named.
        package var defaultDomain = "contoso.example"
        /// The domain the tenant was born with; guests are named in it.
        package var initialDomain = "contoso.onmicrosoft.example"
        /// What goes wrong, from the first request on.
        package var faults: [Fault] = []
        /// 0 takes any free port.
        package var port = 0
        /// Serve `https` with these files.
        package var tls: TLSFiles?
        /// No missing or odd values that could make a record fail; the names stay international.
        package var clean = false

        /// The defaults: Contoso with 250 users.
        package init() {}
    }
}
