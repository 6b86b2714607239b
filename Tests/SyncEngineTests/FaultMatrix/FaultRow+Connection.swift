import Simulators

extension FaultRow {
    /// On the way to Graph, or within it; nothing of a page that did not come whole is used.
    static let transport = [
        FaultRow("429, fractional Retry-After", .changes, Fault(.throttle, at: [1, 2], retryAfter: "2.128"), extra: 2),
        FaultRow("429, Retry-After a date", .changes, Fault(.throttle, at: [1], retryAfter: "date"), extra: 1),
        FaultRow("429, without Retry-After", .members, Fault(.throttle, at: [1, 2]), extra: 2),
        FaultRow(
            "429, Retry-After of an hour", .changes, Fault(.throttle, at: [2], retryAfter: "3600"),
            outcome: .failed("graph")),
        FaultRow("503", .everybody, Fault(.unavailable, at: [2, 5]), extra: 2),
        FaultRow("503, lasting", .everybody, Fault(.unavailable, from: 3), outcome: .failed("503")),
        FaultRow("504", .changes, Fault(.gatewayTimeout, at: [1, 3]), extra: 2),
        FaultRow("504, lasting", .changes, Fault(.gatewayTimeout, from: 2), outcome: .failed("504")),
        FaultRow("connection dropped", .everybody, Fault(.drop, at: [1, 4])),
        FaultRow("connection dropped behind the head", .changes, Fault(.drop, at: [2], after: "head")),
        FaultRow("connection dropped, lasting", .everybody, Fault(.drop, from: 3), outcome: .failed("graph")),
        FaultRow("body truncated", .everybody, Fault(.truncate, at: [1, 3])),
        FaultRow("body truncated, lasting", .members, Fault(.truncate), outcome: .failed("graph")),
        FaultRow("200 that is not JSON", .everybody, Fault(.notJSON, at: [1, 3]), extra: 2),
        FaultRow("200 that is not JSON, lasting", .changes, Fault(.notJSON, from: 2), outcome: .failed("not JSON")),
        FaultRow("clock skew", .changes, Fault(.clockSkew, seconds: 7200), extra: 0),
        FaultRow(
            "clock skew, and Retry-After a date", .changes, Fault(.clockSkew, seconds: 7200),
            Fault(.throttle, at: [1], retryAfter: "date"), extra: 1),
    ]

    /// What Graph lets us do.
    static let authorizations = [
        FaultRow("401 mid-run", .changes, Fault(.unauthorized, at: [2]), extra: 1),
        FaultRow("401 mid-run", .first, Fault(.unauthorized, at: [3]), extra: 1),
        FaultRow(
            "401, also with a new token", .changes, Fault(.unauthorized),
            outcome: .failed("also a new one", disables: true)),
        FaultRow("claims challenge", .changes, Fault(.claimsChallenge, at: [2]), extra: 1),
        FaultRow("claims challenge", .members, Fault(.claimsChallenge, at: [1]), extra: 1),
        FaultRow("403 to a token older than the consent", .everybody, Fault(.forbidden, at: [3]), extra: 1),
        FaultRow(
            "403 mid-run", .everybody, Fault(.forbidden, from: 3),
            outcome: .failed("permission User.Read.All is missing", disables: true)),
        consentRemoved(.changes, disables: true), consentRemoved(.everybody, disables: true),
        consentRemoved(.list, disables: true),
        consentRemoved(.members, disables: true, "permission GroupMember.Read.All is missing"),
        consentRemoved(.first, disables: false),
        FaultRow("members hidden: User.Read.All missing", .members, outcome: .failed("User.Read.All is missing")).with {
            $0.strike = { try $0.simulator.setConsent([.groupMemberReadAll, .organizationReadAll]) }
            $0.heal = { try $0.simulator.setConsent(Permission.least) }
        },
        FaultRow("group deleted", .members, outcome: .failed("the selected group Crew (")).with {
            $0.prepare = { scene in
                try scene.simulator.addGroup("Crew", members: [scene.id(0), scene.id(1)])
                try scene.selectGroups("Support", "Sales", "Crew")
            }
            $0.strike = { try $0.simulator.removeGroup($0.simulator.groups(named: "Crew")[0]) }
            $0.heal = { try $0.selectGroups("Support", "Sales") }
        },
    ]

    private static func consentRemoved(
        _ reading: Reading, disables: Bool, _ reason: String = "permission User.Read.All is missing"
    ) -> FaultRow {
        FaultRow("403 after consent removal", reading, outcome: .failed(reason, disables: disables)).with {
            $0.strike = { try $0.simulator.setConsent([]) }
            $0.heal = { try $0.simulator.setConsent(Permission.least) }
        }
    }
}
