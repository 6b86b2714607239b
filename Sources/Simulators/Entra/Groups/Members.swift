/// The direct members of a group. Large groups are rules, not lists, so that a million members cost nothing until somebody asks.
struct Members: Sendable {
    /// Every so many users, beginning with one.
    struct Series: Sendable {
        let first: Int
        let step: Int
    }

    var series: [Series] = []
    /// A dynamic group: everybody whose department that is.
    var department: String?
    /// Added one by one.
    var listed: Set<MemberKey> = []
    /// Taken out of the series.
    var excluded: Set<Int> = []

    mutating func insert(_ member: MemberKey) {
        excluded.remove(member.number)
        if !hasSeries(member) { listed.insert(member) }
    }

    mutating func remove(_ member: MemberKey) {
        listed.remove(member)
        if hasSeries(member) { excluded.insert(member.number) }
    }

    func contains(_ member: MemberKey) -> Bool {
        listed.contains(member) || hasSeries(member) && !excluded.contains(member.number)
    }

    private func hasSeries(_ member: MemberKey) -> Bool {
        member.kind == .user && series.contains { member.index >= $0.first && (member.index - $0.first) % $0.step == 0 }
    }

    /// Users of the seeded roster only: those added later are members when somebody says so.
    func seededUsers(in directory: Directory) -> [Int] {
        var users: [Int] = []
        for series in series {
            for index in stride(from: series.first, to: directory.roster.count, by: series.step)
            where !excluded.contains(index) { users.append(index) }
        }
        guard let department else { return users }
        return users + (0..<directory.slots).filter { directory.department(of: $0) == department }
    }
}

extension Directory {
    /// Without making the whole person: a dynamic group asks it of everybody.
    fileprivate func department(of index: Int) -> String? {
        if let changed = changes[index]?.values[.department] { return changed.text }
        return index < roster.count ? Person.department(index, in: roster) : nil
    }
}
