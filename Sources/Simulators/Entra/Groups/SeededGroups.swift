/// The groups every tenant is born with: one of each kind that a program may stumble over.
struct SeededGroups {
    let domain: String
    /// Besides the fixed ones, for paging through very many.
    let teams: Int

    /// Numbers within `all`, where one group contains another.
    private enum Number: Int, CaseIterable {
        case support, sales, salesEMEA, salesAPAC, engineering, board, projects, otherProjects, alumni, allStaff
        case meetingRooms, empty, circleA, circleB, management
    }

    var all: [Group] { Number.allCases.map(group) + (0..<teams).map(team) }

    private func group(_ number: Number) -> Group {
        switch number {
        case .support: unified("Support", "First and second line", every(5, from: 0))
        case .sales: security("Sales", "Everybody in sales", every(5, from: 1, [.salesEMEA, .salesAPAC]))
        case .salesEMEA: security("Sales EMEA", nil, every(10, from: 2))
        case .salesAPAC:
            security("Sales APAC", nil, every(10, from: 7, [.salesEMEA], also: [MemberKey(.device, 0)]))
        case .engineering: dynamic("Engineering", department: "Engineering")
        case .board: hidden("Board", every(60, from: 0))
        case .projects: security("Projects", "The older one", every(10, from: 3))
        case .otherProjects: unified("Projects", "The newer one", every(10, from: 4))
        case .alumni: security("Alumni", "Who left, and who looks after them", alumni)
        case .allStaff: security("All Staff", nil, every(1, from: 0))
        case .meetingRooms: security("Meeting Rooms", "Devices only", devices(1..<GroupDirectory.devices))
        case .empty: security("Nobody Yet", nil, Members())
        case .circleA: security("Circle A", "Contains Circle B", every(50, from: 9, [.circleB]))
        case .circleB: security("Circle B", "Contains Circle A", every(50, from: 19, [.circleA]))
        case .management: security("Geschäftsführung & \"Friends\" of O'Neil", nil, every(100, from: 8))
        }
    }

    private func team(_ index: Int) -> Group {
        let number = String(10_000 + index).dropFirst()
        return security("Team \(number)", nil, every(97, from: index % 97))
    }

    private func every(
        _ step: Int, from first: Int, _ groups: [Number] = [], also others: Set<MemberKey> = []
    ) -> Members {
        Members(
            series: [.init(first: first, step: step)],
            listed: others.union(groups.map { MemberKey(.group, $0.rawValue) }))
    }

    private func devices(_ range: Range<Int>) -> Members {
        Members(listed: Set(range.map { MemberKey(.device, $0) }))
    }

    private var alumni: Members {
        every(
            500, from: 6, also: Set((0..<3).map { MemberKey(.former, $0) }).union([MemberKey(.device, 1)]))
    }
}

extension SeededGroups {
    private func security(_ name: String, _ description: String?, _ members: Members) -> Group {
        Group(
            values: [
                "displayName": .string(name), "description": .optional(description), "mailEnabled": false,
                "securityEnabled": true, "mailNickname": .string(Self.nickname(name)),
                "createdDateTime": "2019-03-01T08:00:00Z", "renewedDateTime": "2019-03-01T08:00:00Z",
            ], members: members)
    }

    private func unified(_ name: String, _ description: String, _ members: Members) -> Group {
        var group = security(name, description, members)
        let mail = Self.nickname(name) + "@" + domain
        group.values.merge([
            "groupTypes": ["Unified"], "mail": .string(mail), "mailEnabled": true, "securityEnabled": false,
            "proxyAddresses": [.string("SMTP:" + mail)], "visibility": "Private",
        ]) { _, new in new }
        return group
    }

    private func dynamic(_ name: String, department: String) -> Group {
        var group = security(name, "Follows the department", Members(department: department))
        group.values["groupTypes"] = ["DynamicMembership"]
        group.values["membershipRule"] = .string("(user.department -eq \"\(department)\")")
        group.values["membershipRuleProcessingState"] = "On"
        return group
    }

    private func hidden(_ name: String, _ members: Members) -> Group {
        var group = unified(name, "Its members are nobody's business", members)
        group.values["visibility"] = "HiddenMembership"
        return group
    }

    private static func nickname(_ name: String) -> String {
        name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
}
