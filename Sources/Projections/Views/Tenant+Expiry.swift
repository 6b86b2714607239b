import ContactSync

extension Tenant {
    private static let day: Int64 = 86_400_000

    /// Whole days until the tenant's secret or certificate expires, negative once it has; nil where nobody knows.
    ///
    /// - Parameter now: Milliseconds since 1970.
    package func daysToExpiry(at now: Int64) -> Int64? {
        guard let end = authorized.expiresAt else { return nil }
        let (days, rest) = (end - now).quotientAndRemainder(dividingBy: Tenant.day)
        return rest < 0 ? days - 1 : days
    }
}
