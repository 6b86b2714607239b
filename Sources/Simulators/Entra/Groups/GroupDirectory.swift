/// The groups of one tenant, with what may be in them besides users.
struct GroupDirectory: Sendable {
    private(set) var groups: [Group] = []
    /// Counts the changes, so that a membership found once can be kept until it is stale.
    private(set) var version = 0
    let ids: ObjectID
    let deviceIDs: ObjectID
    static let devices = 5

    init(seed: UInt64, groups: [Group]) {
        ids = ObjectID(seed: seed ^ 0x6772_6f75_70)
        deviceIDs = ObjectID(seed: seed ^ 0x6465_7669_6365)
        self.groups = groups.enumerated().map { [ids] index, group in
            var group = group
            group.values["id"] = .string(ids.text(of: index))
            return group
        }
    }

    /// Nil for a group that never was or is no more.
    func index(of id: String) -> Int? {
        guard let index = ids.index(of: id), index < groups.count, !groups[index].isDeleted else { return nil }
        return index
    }

    var present: [Int] { groups.indices.filter { !groups[$0].isDeleted } }

    mutating func add(_ values: [String: JSONValue]) -> Int {
        let index = groups.count
        var group = Group(values: values, members: Members())
        group.values["id"] = .string(ids.text(of: index))
        groups.append(group)
        version += 1
        return index
    }

    mutating func change(_ index: Int, _ body: (inout Group) -> Void) {
        body(&groups[index])
        version += 1
    }

    /// Everybody in a group, sorted; through nested groups if so wanted, each member once. Groups may contain each other in a
    /// circle, and then each is a member of itself, as Entra has it.
    func members(of group: Int, transitively: Bool, in directory: Directory) -> [MemberKey] {
        var open = [group]
        var visited: Set = [group]
        var found: Set<MemberKey> = []
        var users: [Int] = []
        while let next = open.popLast() {
            let members = groups[next].members
            users += members.seededUsers(in: directory)
            for member in members.listed where member.kind != .group || !groups[member.index].isDeleted {
                found.insert(member)
                guard transitively, member.kind == .group, visited.insert(member.index).inserted else { continue }
                open.append(member.index)
            }
        }
        return Self.sorted(users, found)
    }

    private static func sorted(_ users: [Int], _ others: Set<MemberKey>) -> [MemberKey] {
        let numbers = (users + others.map(\.number)).sorted()
        var result: [MemberKey] = []
        result.reserveCapacity(numbers.count)
        for number in numbers where result.last?.number != number { result.append(MemberKey(number: number)) }
        return result
    }
}
