/// Everything that changes while the simulator runs. The service keeps it behind one lock.
struct EntraState: Sendable {
    var tenants: [Tenant]
    var tokens = AccessTokens()
    var faults: FaultPlan
    var log = RequestLog()
    /// Makes every page link unlike any before it.
    var links = 0

    init(_ configuration: EntraSimulator.Configuration) {
        tenants = [Tenant(configuration)]
        faults = FaultPlan(configuration.faults)
    }
}
