/// How much one sync may change of a tenant's contacts before an agent has to approve it, in percent of the contacts that
/// the tenant's users have; nil where nothing limits it.
package struct GuardLimits: Codable, Equatable, Sendable {
    package var updates: Int?
    package var creates: Int?

    package static let allowed = 1...100
    /// So few records are never held, however small the tenant.
    package static let minimum = 50

    package init(updates: Int? = nil, creates: Int? = nil) {
        self.updates = updates
        self.creates = creates
    }

    package var isOff: Bool { updates == nil && creates == nil }

    /// Whether so many changes are more than a limit allows: 20 % of 300 contacts allow 60, and hold 61.
    package static func isOver(_ limit: Int?, _ count: Int, of contacts: Int) -> Bool {
        guard let limit, count >= minimum else { return false }
        return count * 100 > limit * contacts
    }
}
