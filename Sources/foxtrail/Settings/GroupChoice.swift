import ContactSync
import EntraID
import Foundation

/// Finds the groups that an admin names. All must be found, or none is chosen.
struct GroupChoice {
    let client: EntraClient
    /// What is selected already: such an id is not asked for again, so that exported settings can be applied any time.
    let selected: [ChosenGroup]

    func find(_ names: [String]) async throws -> [ChosenGroup] {
        var found: [ChosenGroup] = []
        var refusals: [Failure] = []
        for name in names {
            do { found.append(try await find(name)) } catch let refusal as Failure { refusals.append(refusal) }
        }
        guard let first = refusals.first else { return found }
        let others = refusals.dropFirst().flatMap { ["also: \($0.message)"] + $0.hints }
        throw Failure(.badInput, first.message, first.hints + others + [GroupChoice.listed])
    }

    private func find(_ name: String) async throws -> ChosenGroup {
        guard UUID(uuidString: name) != nil else { return ChosenGroup(try await named(name)) }
        let id = name.lowercased()
        if let known = selected.first(where: { $0.id == id }) { return known }
        guard let group = try await client.group(id: id) else {
            throw Failure(.badInput, "the tenant has no group with the id \(name)")
        }
        return ChosenGroup(group)
    }

    private func named(_ name: String) async throws -> Group {
        let list = try await client.groups(.named(name))
        if list.groups.count == 1, let only = list.groups.first { return only }
        // Graph compares names without regard to case; somebody may have written exactly one of them.
        let exact = list.groups.filter { $0.displayName == name }
        if exact.count == 1, let only = exact.first { return only }
        if list.groups.isEmpty { throw try await unknown(name) }
        throw ambiguous(name, list.groups)
    }

    private static let listed = "foxtrail settings groups --search TEXT lists groups to choose from"
    private static let mostShown = 10

    private func ambiguous(_ name: String, _ groups: [Group]) -> Failure {
        let shown = groups.sorted { $0.id < $1.id }.prefix(GroupChoice.mostShown).map { group in
            group.id + (group.description.map { "  \($0)" } ?? "")
        }
        let rest = groups.count - shown.count
        return Failure(
            .badInput, "\(groups.count) groups are called \(name)",
            ["name one by its id:"] + shown + (rest > 0 ? ["and \(rest) more"] : []))
    }

    private func unknown(_ name: String) async throws -> Failure {
        let names = try await client.groups(limit: 999).groups.map(\.displayName)
        let words = name.lowercased()
        let near = Set(names.filter { $0.lowercased().contains(words) }).sorted().prefix(5)
        var hints = near.isEmpty ? [] : ["there are \(near.joined(separator: ", "))"]
        if near.isEmpty, let nearest = EditDistance.nearest(to: name, in: names) {
            hints = ["did you mean \(nearest)?"]
        }
        if hints.isEmpty, name.contains(",") { hints = ["several groups are named one by one: Support Projects"] }
        return Failure(.badInput, "the tenant has no group called \(name)", hints)
    }
}

extension ChosenGroup {
    fileprivate init(_ group: Group) {
        self.init(id: group.id.lowercased(), name: group.displayName == group.id ? nil : group.displayName)
    }
}
