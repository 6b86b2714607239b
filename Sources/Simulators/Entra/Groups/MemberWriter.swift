/// Writes members of a group, each as its kind is written.
struct MemberWriter {
    let directory: Directory
    let groups: GroupDirectory
    let selection: Selection?
    /// A cast list does not repeat the type of every member.
    let isTyped: Bool
    /// Without the permission for users only their type and id are told, and everything else is null (2.6).
    let mayReadUsers: Bool

    func write(_ key: MemberKey, to json: inout JSONWriter) {
        if isTyped || key.isUser && !mayReadUsers {
            json.member("@odata.type", .string("#microsoft.graph." + key.kind.type), isFirst: true)
            json.raw(",")
        }
        switch key.kind {
        case .user: write(directory.user(at: key.index), to: &json)
        case .former: write(former(key.index), to: &json)
        case .group: json.write(groups.groups[key.index], groupProperties)
        case .device: write(device: key.index, to: &json)
        }
    }

    private func write(_ user: User, to json: inout JSONWriter) {
        let properties = selection?.properties ?? Property.defaultSet
        guard !mayReadUsers else { return json.write(user, properties, .written) }
        json.member("id", .string(user.id), isFirst: true)
        for property in properties where property != .id { json.member(property.name, .null) }
    }

    /// Someone who left, under an id that no list of users has.
    private func former(_ index: Int) -> User {
        let name = "Former Colleague \(index + 1)"
        var change = Change(lifecycle: .softDeleted)
        change.values = [
            .displayName: .string(name), .userType: "Member", .accountEnabled: false,
            .userPrincipalName: .string("former\(index + 1)@" + directory.roster.domain),
        ]
        return User(id: directory.roster.ids.text(of: MemberKey.formerIDs + index), person: nil, change: change)
    }

    private var groupProperties: [String] {
        guard let selection else { return Group.properties }
        return selection.properties.map(\.name).filter { Group.property(named: $0) != nil }
    }

    private func write(device index: Int, to json: inout JSONWriter) {
        let id = groups.deviceIDs.text(of: index)
        json.member("id", .string(id), isFirst: true)
        guard selection == nil || selection?.properties.contains(.displayName) == true else { return }
        json.member("displayName", .string("ROOM-\(100 + index)"))
        guard selection == nil else { return }
        json.member("deviceId", .string(groups.deviceIDs.text(of: index + 1000)))
        json.member("accountEnabled", true)
        json.member("operatingSystem", "Windows")
    }
}

extension MemberKey {
    var isUser: Bool { kind == .user || kind == .former }

    /// Far above every number that a user of a tenant can have.
    static let formerIDs = 1 << 40
}
