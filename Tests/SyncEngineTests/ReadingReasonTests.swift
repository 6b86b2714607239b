import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

/// When everybody is read instead of the changes, and why.
@Suite struct ReadingReasonTests {
    @Test func `everybody is read first, then only changes until the days are over`() async throws {
        try await Scene.with(users: 12, settings: { $0.fullReadDays = 3 }) { scene in
            #expect(try await scene.watchedSync().reasons == [.first])
            for _ in 0..<2 {
                scene.wait(days: 1)
                let day = try await scene.watchedSync()
                #expect(day.reads.map(\.extent) == [.changes] && day.reasons == [nil])
            }
            scene.wait(days: 1)
            #expect(try await scene.watchedSync().reasons == [.reconciliation])
            #expect(try await scene.watchedSync().reasons == [nil])
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `a property that is newly mapped is read of everybody`() async throws {
        try await Scene.with(users: 12, fields: [FieldDefinition(name: "City", type: .text)]) { scene in
            try await scene.sync()
            try scene.save { $0.mapping.customFields = ["City": "city"] }
            let day = try await scene.watchedSync()
            #expect(day.reasons == [.newProperty] && day.reads[0].properties.contains("city"))
            // Fewer properties than the link carries need no new one.
            try scene.save { $0.mapping.customFields = [:] }
            #expect(try await scene.watchedSync().reasons == [nil])
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `a link that is no longer known is told from one that is too old`() async throws {
        try await Scene.with(users: 12) { scene in
            try await scene.sync()
            scene.simulator.setFaults([Fault(.expiredDelta, at: [1])])
            #expect(try await scene.watchedSync().reasons == [.stateLost])
            scene.simulator.setFaults([])
            #expect(try await scene.watchedSync().reasons == [nil])
        }
    }

    /// One request that is refused, then pages of 999: at every sync.
    @Test func `a property that delta refuses is read by list, every time`() async throws {
        let field = FieldDefinition(name: "Seen", type: .text)
        try await Scene.with(users: 12, fields: [field]) { scene in
            try scene.save { $0.mapping.customFields = ["Seen": "signInActivity/lastSignInDateTime"] }
            for _ in 0..<3 {
                let day = try await scene.watchedSync()
                #expect(day.reasons == [.noDelta] && day.reads[0].deltaLink == nil)
                #expect(day.requests.map(\.status) == [400, 200] && day.requests[1].path.hasSuffix("&$top=999"))
            }
            try scene.simulator.remove(scene.id(4))
            #expect(try await scene.watchedSync().removals == [scene.id(4): .missing])
            try scene.save { $0.mapping.customFields = [:] }
            #expect(try await scene.watchedSync().reasons == [.stateLost])
            #expect(try await scene.watchedSync().reasons == [nil])
            try Laws.expectAll(scene.home)
        }
    }

    /// Delta rounds do not report everything.
    @Test func `a removal that no delta round told is found by the reconciliation`() async throws {
        let users = ["a", "b", "c"].map {
            #"{"id":"\#($0)","displayName":"\#($0)","userPrincipalName":"\#($0)@a.example","mobilePhone":"1"}"#
        }
        try await ScriptedTenant.with { tenant in
            let scene = tenant.scene
            #expect(try await tenant.sync(users.joined(separator: ",")).totals == .init(new: 3))
            // The user b was deleted, and the round does not say so.
            #expect(try await tenant.sync("").totals == .init(existing: 3))
            scene.wait(days: 7)
            let before = try scene.linked()
            #expect(try await tenant.sync(users[0] + "," + users[2]).totals == .init(existing: 2))
            #expect(try scene.linked() == before && scene.emails() == ["a@a.example", "c@a.example"])
            try Laws.expectAll(scene.home)
        }
    }
}
