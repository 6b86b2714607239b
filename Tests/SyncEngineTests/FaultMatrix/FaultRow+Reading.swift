import ContactSync
import Simulators

extension FaultRow {
    private static let lostPage = Outcome.failed("graph no longer knows the next page of this listing")
    private static let circle = Outcome.failed("graph repeated a link to the next page")

    /// The state of a delta round is lost.
    static let delta = [
        // One request for nothing, and five pages instead of three.
        FaultRow(
            "delta token expired, 400 syncStateNotFound", .changes, Fault(.expiredDelta, at: [1], status: 400), extra: 3
        ),
        FaultRow(
            "delta token expired, 404 syncStateNotFound", .changes, Fault(.expiredDelta, at: [1], status: 404), extra: 3
        ),
        FaultRow(
            "delta token expired, 410 syncStateNotFound", .changes, Fault(.expiredDelta, at: [1], status: 410), extra: 3
        ),
        FaultRow("delta reset, 410 resyncRequired with Location", .changes, Fault(.gone, at: [1]), extra: 3),
        FaultRow("delta reset half way", .changes, Fault(.gone, at: [2]), extra: 4),
        FaultRow("delta reset half way", .everybody, Fault(.gone, at: [4]), extra: 4),
        FaultRow("delta reset half way", .first, Fault(.gone, at: [4]), extra: 4),
        FaultRow("Directory_ExpiredPageToken", .changes, Fault(.expiredPage, at: [2]), extra: 4),
        FaultRow("Directory_ExpiredPageToken", .everybody, Fault(.expiredPage, at: [3]), extra: 3),
        FaultRow(
            "Directory_ExpiredPageToken", .list, Fault(.emptyPage, scope: .users, at: [1]),
            Fault(.expiredPage, scope: .users, at: [2]), extra: 3),
        FaultRow(
            "Directory_ExpiredPageToken", .members, Fault(.emptyPage, at: [1]), Fault(.expiredPage, at: [2]), extra: 2),
        FaultRow("Directory_ExpiredPageToken, always", .changes, Fault(.expiredPage), outcome: lostPage),
        FaultRow("Directory_ExpiredPageToken, always", .everybody, Fault(.expiredPage), outcome: lostPage),
        FaultRow(
            "Directory_ExpiredPageToken, always", .members, Fault(.emptyPage), Fault(.expiredPage), outcome: lostPage),
    ]

    /// Pages with odd links.
    static let pages = [
        FaultRow("empty page with nextLink", .changes, Fault(.emptyPage, at: [1, 2]), extra: 2),
        FaultRow("empty page with nextLink", .everybody, Fault(.emptyPage, at: [1, 4, 5]), extra: 3),
        FaultRow("empty page with nextLink", .list, Fault(.emptyPage, scope: .users, at: [1]), extra: 1),
        // The simulator refuses a second page of members without the header.
        FaultRow("ConsistencyLevel needed on page 2", .members, Fault(.emptyPage, at: [1, 2]), extra: 2),
        FaultRow("repeated nextLink", .changes, Fault(.repeatNextLink, from: 2), outcome: circle),
        FaultRow("repeated nextLink", .everybody, Fault(.repeatNextLink, from: 3), outcome: circle),
        FaultRow("repeated nextLink", .list, Fault(.repeatNextLink), outcome: circle),
        FaultRow("repeated nextLink", .members, Fault(.repeatNextLink), outcome: circle),
    ]

    /// Objects that come oddly.
    static let objects = [
        FaultRow("duplicate object", .changes, Fault(.duplicate), extra: 0),
        FaultRow("duplicate object", .everybody, Fault(.duplicate), extra: 0),
        FaultRow("duplicate object", .list, Fault(.duplicate), extra: 0),
        FaultRow("duplicate object", .members, Fault(.duplicate), extra: 0),
        FaultRow("replayed change", .changes, Fault(.replay)).with { row in
            row.prepare = { scene in
                try scene.rename(15, "Renamed Long Ago")
                try scene.simulator.remove(scene.id(16))
            }
        },
        FaultRow("out of order", .changes, Fault(.outOfOrder), extra: 0),
        FaultRow("out of order", .first, Fault(.outOfOrder), extra: 0),
        FaultRow("stale first", .changes, Fault(.staleFirst), extra: 0),
        FaultRow("stale first", .everybody, Fault(.staleFirst), extra: 0),
        FaultRow("null instead of omitted", .changes, Fault(.explicitNulls), extra: 0),
        FaultRow("omitted instead of null", .everybody, Fault(.omittedNulls), extra: 0),
        FaultRow("omitted instead of null", .changes, Fault(.omittedNulls), extra: 0)
            .with { $0.needsReconciliation = true },
        FaultRow("@removed changed, then deleted", .changes, Fault(.removedTwice), extra: 0),
        FaultRow("@removed, then restored", .changes, Fault(.restored), extra: 0),
        FaultRow("@removed, then restored", .everybody, Fault(.restored), extra: 0),
        FaultRow("soft-deleted user still in group", .members, Fault(.staleMembers), extra: 0),
        FaultRow("guest UPN with #EXT#").with { row in
            row.strike = { try $0.simulator.patch(userAt: 8, ["userPrincipalName": "a_b.c#EXT#@contoso.example"]) }
        },
        FaultRow("null mail").with { row in
            row.prepare = { try $0.save { $0.mapping.email = "mail" } }
            row.strike = { try $0.simulator.patch(userAt: 8, ["mail": nil]) }
        },
    ]
}
