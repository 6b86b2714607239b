import ContactSync
import Projections
import Simulators

/// A contact by whom it belongs to, whatever its number.
struct Card: Equatable {
    let user: String
    let email: String
    let name: String
    let phones: [PhoneType: String]
    let customFields: [String: FieldValue]

    static func all(_ scene: Scene) throws -> [Card] {
        try scene.home.contacts().map { listed in
            let contact = listed.contact
            return Card(
                user: listed.user?.objectID ?? "", email: contact.email, name: contact.name, phones: contact.phones,
                customFields: contact.customFields)
        }.sorted { ($0.user, $0.email) < ($1.user, $1.email) }
    }
}

extension Scene {
    var tenants: [Tenant] { get throws { try home.models().read { try Installation.tenants($0) } } }

    /// The report's rows, whoever was new.
    func rows() throws -> [String] {
        try home.report().map { "\($0.email) \($0.isSynced) \($0.result)" }.sorted()
    }

    func selectGroups(_ names: String...) throws {
        let groups = names.flatMap { name in simulator.groups(named: name).map { (id: $0, name: name) } }
        try save { settings in
            settings.users = .groups(ids: groups.map(\.id))
            settings.groupNames = Dictionary(uniqueKeysWithValues: groups.map { ($0.id, $0.name) })
        }
    }

    /// Of everything that can happen in a tenant, something; to members of the group Support too.
    func liveADay() throws {
        try rename(0, "Another Name")
        try simulator.patch(userAt: 1, ["mobilePhone": "+1 555 0100"])
        try simulator.patch(userAt: 2, ["userPrincipalName": "renamed@contoso.example"])
        try simulator.patch(userAt: 3, ["department": nil])
        try simulator.patch(userAt: 4, ["department": "Night Shift"])
        try simulator.remove(id(5))
        try simulator.remove(id(6), permanently: true)
        try simulator.remove(id(7))
        try simulator.restore(id(7))
        let added = try simulator.add([
            "displayName": "New Here", "userPrincipalName": "new@contoso.example", "mobilePhone": "+1 555 0101",
        ])
        let support = simulator.groups(named: "Support")[0]
        try simulator.addMember(added, to: support)
        try simulator.addMember(id(4), to: support)
        try simulator.removeMember(id(10), from: support)
    }
}
