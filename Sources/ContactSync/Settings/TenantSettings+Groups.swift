/// A group as an admin chose it.
package struct ChosenGroup: Equatable, Sendable {
    package let id: String
    /// What it is called, where that is known.
    package let name: String?

    package init(id: String, name: String?) {
        self.id = id
        self.name = name
    }
}

extension TenantSettings {
    package mutating func selectAll() { (users, groupNames) = (.all, [:]) }

    /// Selects the members of groups. Who is named twice counts once, and another order selects nobody else.
    package mutating func select(_ groups: [ChosenGroup]) {
        var ids: [String] = []
        for group in groups where !ids.contains(group.id) { ids.append(group.id) }
        groupNames = groups.reduce(into: [:]) { names, group in names[group.id] = group.name ?? names[group.id] }
        if case .groups(let present) = users, Set(present) == Set(ids) { return }
        users = .groups(ids: ids)
    }

    /// The selected groups in their order, none where everybody is selected.
    package var chosenGroups: [ChosenGroup] {
        switch users {
        case .all: []
        case .groups(let ids): ids.map { ChosenGroup(id: $0, name: groupNames[$0]) }
        }
    }
}
