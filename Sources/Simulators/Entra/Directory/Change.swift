/// What happened to one user since the tenant was seeded.
struct Change: Sendable {
    /// Deleted users stay restorable until they are deleted for good.
    enum Lifecycle: Sendable {
        case present, softDeleted, gone
    }

    /// One entry of the user's history; the number counts all changes of the tenant.
    struct Step: Sendable {
        let version: Int
        /// Empty when the user was added, deleted or restored.
        let properties: PropertySet
        let isLifecycle: Bool
    }

    var values: [Property: JSONValue] = [:]
    var lifecycle = Lifecycle.present
    var steps: [Step] = []

    /// What a delta round from one version to another has to know; nil if nothing it looks at has changed.
    func relevant(since: Int, until: Int, selected: PropertySet) -> (last: Int, properties: PropertySet)? {
        let matching = steps.filter {
            $0.version > since && $0.version <= until && ($0.isLifecycle || $0.properties.intersects(selected))
        }
        guard let last = matching.last else { return nil }
        var properties = PropertySet([])
        for step in matching { properties.formUnion(step.isLifecycle ? selected : step.properties) }
        return (last.version, properties)
    }
}
