import ContactSync

extension Tenant {
    /// Whole days until the tenant's secret or certificate expires, negative once it has; nil where nobody knows.
    ///
    /// - Parameter now: Milliseconds since 1970.
    package func daysToExpiry(at now: Int64) -> Int64? {
        guard let end = authorized.expiresAt else { return nil }
        let (days, rest) = (end - now).quotientAndRemainder(dividingBy: Milliseconds.day)
        return rest < 0 ? days - 1 : days
    }
}
