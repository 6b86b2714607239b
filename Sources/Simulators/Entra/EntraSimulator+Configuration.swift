extension EntraSimulator {
    /// What the simulated tenant is like and how the server behaves.
    package struct Configuration: Sendable {
        /// The same seed gives the same users.
        package var seed: UInt64 = 1
        /// How many users the tenant is seeded with.
        package var users = 250
        /// Objects in a page of a delta round; there the server decides.
        package var pageSize = 200
        /// How long an access token is good for.
        package var tokenLifetime = Duration.seconds(3600)
        /// The application that may read the tenant.
        package var clientID = "00001111-aaaa-4222-8333-bbbbccccdddd"
        /// Its secret.
        package var clientSecret = "simulated-secret"
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
