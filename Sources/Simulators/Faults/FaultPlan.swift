/// The faults in force, and how many requests of each scope have come since they were set.
struct FaultPlan: Sendable {
    private(set) var faults: [Fault]
    private var counts: [Fault.Scope: Int] = [:]

    /// Counting starts anew, so that `at: 1` is the next request.
    init(_ faults: [Fault]) {
        self.faults = faults
    }

    /// Counts a request under each of its headings and says what strikes it.
    mutating func next(_ scopes: [Fault.Scope]) -> [Fault] {
        var ordinals: [Fault.Scope: Int] = [:]
        for scope in scopes {
            counts[scope, default: 0] += 1
            ordinals[scope] = counts[scope]
        }
        return faults.filter { $0.strikes(ordinals) }
    }
}
