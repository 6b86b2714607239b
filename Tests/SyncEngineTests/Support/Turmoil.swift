import ContactSync
import Simulators

/// What happens in a tenant between two syncs, from a seed.
struct Turmoil {
    var dice: SeededGenerator
    /// Whether users may come to want one address.
    let collides: Bool
    private var serial = 0

    init(seed: UInt64, collides: Bool) {
        dice = SeededGenerator(seed: seed)
        self.collides = collides
    }

    mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &dice) }

    mutating func edit(_ tenant: RunningSimulator, times: Int) throws {
        for _ in 0..<times { try edit(tenant) }
    }

    private mutating func edit(_ tenant: RunningSimulator) throws {
        serial += 1
        guard let user = tenant.anybody(using: &dice) else { return }
        switch number(0..<(collides ? 16 : 12)) {
        case 0: try tenant.patch(id: user.id, ["displayName": "Name \(serial)"])
        case 1: try tenant.patch(id: user.id, ["userPrincipalName": "renamed\(serial)@contoso.example"])
        case 2: try tenant.patch(id: user.id, ["mobilePhone": nil])
        case 3: try tenant.patch(id: user.id, ["mobilePhone": "+1 \(serial)", "businessPhones": ["+2 \(serial)"]])
        case 4: try tenant.patch(id: user.id, ["businessPhones": []])
        case 5: try tenant.patch(id: user.id, ["department": serial % 3 == 0 ? nil : "Department \(serial)"])
        case 6: try tenant.patch(id: user.id, ["employeeId": .string(["\(serial)", "0", "EXT-1", "007"][serial % 4])])
        case 7: try tenant.remove(user.id, permanently: dice.happens(30))
        case 8: try restoreSomebody(tenant)
        case 9: try addSomebody(tenant, name: "new\(serial)@contoso.example")
        case 10:
            try tenant.patch(
                id: user.id,
                serial % 2 == 0
                    ? ["userType": serial % 4 == 0 ? "Guest" : "Member"] : ["accountEnabled": .bool(serial % 4 == 1)])
        case 11: try joinOrLeave(tenant, user)
        default: try collide(tenant, user)
        }
    }

    private func joinOrLeave(_ tenant: RunningSimulator, _ user: DirectoryUser) throws {
        guard user.index < tenant.configuration.users, let support = tenant.groups(named: "Support").first else {
            return
        }
        if tenant.users(inGroup: support).contains(user.id) {
            try tenant.removeMember(user.id, from: support)
        } else {
            try tenant.addMember(user.id, to: support)
        }
    }

    private mutating func restoreSomebody(_ tenant: RunningSimulator) throws {
        let names = Set(tenant.present.map { $0.principalName.lowercased() })
        let lost = tenant.directory.filter {
            !$0.isPresent && !$0.isPurged && !names.contains($0.principalName.lowercased())
        }
        if let user = lost.randomElement(using: &dice) { try tenant.restore(user.id) }
    }

    private func addSomebody(_ tenant: RunningSimulator, name: String) throws {
        try tenant.add([
            "displayName": "Added \(serial)", "userPrincipalName": .string(name), "mail": .string(name),
            "mobilePhone": "+3 \(serial)", "businessPhones": ["+4 \(serial)"],
        ])
    }

    /// Addresses that change hands: by mail, which may be shared, or by name, which must be free.
    private mutating func collide(_ tenant: RunningSimulator, _ user: DirectoryUser) throws {
        guard let other = tenant.anybody(using: &dice), other.id != user.id else { return }
        switch number(0..<4) {
        case 0: try tenant.patch(id: user.id, ["mail": other.mail.map { .string($0) } ?? nil])
        case 1:
            try tenant.patch(id: user.id, ["mail": other.mail.map { .string($0.uppercased()) } ?? nil])
            try tenant.patch(id: other.id, ["mail": user.mail.map { .string($0) } ?? nil])
        case 2:
            try tenant.patch(id: user.id, ["userPrincipalName": "away\(serial)@contoso.example"])
            try tenant.patch(id: other.id, ["userPrincipalName": .string(user.principalName)])
        default:
            try tenant.remove(user.id)
            try addSomebody(tenant, name: user.principalName)
        }
    }

    /// Trouble for the next sync that passes by itself.
    mutating func passingFaults() -> [Fault] {
        let kinds: [Fault.Kind] = [
            .throttle, .unavailable, .gatewayTimeout, .drop, .truncate, .notJSON, .emptyPage, .duplicate, .unauthorized,
        ]
        var faults = [Fault(kinds[number(0..<kinds.count)], at: [number(1..<5)])]
        if dice.happens(30) { faults.append(Fault(dice.happens(50) ? .gone : .expiredDelta, at: [1])) }
        return faults
    }

    /// Trouble that ends the next sync.
    mutating func lastingFaults() -> [Fault] {
        let kinds: [Fault.Kind] = [.unavailable, .forbidden, .repeatNextLink, .truncate]
        return [Fault(kinds[number(0..<kinds.count)], from: number(1..<5))]
    }
}
