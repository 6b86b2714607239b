import ArgumentParser
import ContactSync
import EntraID
import Foundation
import Projections

struct SettingsGroups: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "groups", abstract: "List the groups of a tenant to choose from; ✅ marks the selected ones.",
        discussion: """
            Example: foxtrail settings groups --search sales
            Example: foxtrail settings set groups "Sales EMEA" Support
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: TenantLookup.help) var tenant: String?
    @Option(help: ArgumentHelp("Only groups with words that begin like this.", valueName: "text")) var search: String?
    @Option(help: ArgumentHelp("How many groups at most.", valueName: "count")) var limit: Int = 100

    func run() async throws {
        guard limit > 0 else { throw Failure(.usage, "--limit must be at least 1") }
        let tenants = try global.readModels().read { try Installation.tenants($0) }
        let tenant = try TenantLookup.find(tenant, in: tenants)
        let words = search?.trimmingCharacters(in: .whitespaces) ?? ""
        let list = try await EntraSession(global: global).with(tenant) { client in
            try await client.groups(words.isEmpty ? .all : .search(words), limit: limit)
        }
        show(list, selected: Set(tenant.settings.chosenGroups.map(\.id)))
    }

    private func show(_ list: GroupList, selected: Set<String>) {
        let counts = Dictionary(grouping: list.groups) { $0.displayName.lowercased() }.mapValues(\.count)
        let groups = list.groups.sorted { ($0.displayName.lowercased(), $0.id) < ($1.displayName.lowercased(), $1.id) }
        let rows = groups.map { group in
            (
                group: group, isSelected: selected.contains(group.id),
                isAmbiguous: counts[group.displayName.lowercased(), default: 0] > 1
            )
        }
        if global.json {
            for row in rows { Output.json(row.group.json(isSelected: row.isSelected, isAmbiguous: row.isAmbiguous)) }
        } else if rows.isEmpty {
            Output.line(search == nil ? "the tenant has no groups" : "no group has words that begin like that")
        } else {
            Output.table(
                ["", "NAME", "ID", "DESCRIPTION"],
                rows.map { row in
                    let note = row.isAmbiguous ? "(several have this name: choose by id) " : ""
                    return [
                        row.isSelected ? "✅" : "", row.group.displayName, row.group.id,
                        note + (row.group.description ?? ""),
                    ]
                })
        }
        if !list.isComplete, !global.quiet {
            Notice.hint(
                "these are not all groups: --search TEXT narrows the list, --limit COUNT makes it longer", quiet: false)
        }
    }
}

extension Group {
    fileprivate func json(isSelected: Bool, isAmbiguous: Bool) -> [(key: String, value: JSONValue)] {
        [
            ("id", .string(id)), ("name", .string(displayName)), ("description", JSONValue(description)),
            ("selected", .bool(isSelected)), ("ambiguous", .bool(isAmbiguous)),
        ]
    }
}
