import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

/// Guests and disabled accounts, in and out.
@Suite struct InclusionTests {
    private func scene(_ body: (Scene) async throws -> Void) async throws {
        try await Scene.with(users: 12) { scene in
            for index in 0..<12 {
                try scene.simulator.patch(userAt: index, ["userType": "Member", "accountEnabled": true])
            }
            try scene.simulator.patch(userAt: 2, ["userType": "Guest"])
            try scene.simulator.patch(userAt: 3, ["accountEnabled": false])
            try scene.simulator.patch(userAt: 4, ["userType": "Guest", "accountEnabled": false])
            try await body(scene)
        }
    }

    @Test func `guests and disabled accounts are in until an admin says otherwise`() async throws {
        try await scene { scene in
            let log = try await scene.sync()
            #expect(log.totals == .init(new: 12))
        }
    }

    @Test func `who is excluded from the beginning gets no contact, and one when included`() async throws {
        try await scene { scene in
            try scene.save { $0.include = Inclusion(guests: false, disabled: false) }
            let first = try await scene.watchedSync()
            #expect(first.log.totals == .init(new: 9) && first.removals.isEmpty)
            #expect(try scene.contact(2) == nil && scene.contact(3) == nil && scene.contact(4) == nil)
            try await Laws.expectQuietSync(scene)
            try scene.save { $0.include = Inclusion(guests: true, disabled: false) }
            let second = try await scene.watchedSync()
            #expect(second.log.totals == .init(new: 1, existing: 9) && second.reasons == [.newSelection])
            try scene.save { $0.include = Inclusion() }
            #expect(try await scene.sync().totals == .init(new: 2, existing: 10))
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `who is excluded later keeps the contact, and has it again`() async throws {
        try await scene { scene in
            try await scene.sync()
            let before = try scene.linked()
            try scene.save { $0.include.guests = false }
            let without = try await scene.watchedSync()
            #expect(without.removals == [scene.id(2): .unselected, scene.id(4): .unselected])
            #expect(without.log.totals == .init(existing: 10))
            try scene.rename(2, "Another Guest")
            // What Entra ID said is on record, and that it leaves the user out.
            #expect(try await scene.watchedSync().types.count == 6)
            try scene.save { $0.include.guests = true }
            #expect(try await scene.sync().totals == .init(existing: 12))
            #expect(try scene.linked() == before && scene.contact(2)?.name == "Another Guest")
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `an account that is disabled between two syncs leaves the selection`() async throws {
        try await scene { scene in
            try scene.save { $0.include.disabled = false }
            try await scene.sync()
            let before = try scene.linked()
            try scene.simulator.patch(userAt: 7, ["accountEnabled": false, "displayName": "Disabled Meanwhile"])
            let left = try await scene.watchedSync()
            #expect(left.removals == [scene.id(7): .unselected] && left.log.totals == .init(existing: 9))
            #expect(left.reads.map(\.extent) == [.changes])
            try scene.simulator.patch(userAt: 7, ["accountEnabled": true])
            let back = try await scene.watchedSync()
            #expect(back.reads.map(\.extent) == [.changes] && back.log.totals == .init(existing: 10))
            #expect(try scene.linked() == before && scene.contact(7)?.name == "Disabled Meanwhile")
            try Laws.expectAll(scene.home)
        }
    }

    /// A later delta round need not repeat what it said before: of who was never in, it then says too little.
    @Test func `a part of a user who is not on record leads to a read of everybody`() async throws {
        try await ScriptedTenant.with { tenant in
            try tenant.scene.save { $0.include.guests = false }
            let (ann, bob) = (user("u1", "Member"), user("u2", "Guest"))
            #expect(try await tenant.sync(ann + "," + bob).totals == .init(new: 1))
            let changes = #"{"id":"u1","displayName":"Ann"},{"id":"u2","userType":"Member"}"#
            let log = try await tenant.sync(changes: changes, everybody: ann + "," + user("u2", "Member"))
            #expect(log.totals == .init(new: 1, existing: 1))
            try Laws.expectAll(tenant.scene.home)
        }
    }

    /// Both ways, by parts only.
    @Test func `who is disabled by a part of an object stays out until a part says otherwise`() async throws {
        try await ScriptedTenant.with { tenant in
            try tenant.scene.save { $0.include.disabled = false }
            #expect(try await tenant.sync(user("u1", "Member")).totals == .init(new: 1))
            #expect(try await tenant.sync(#"{"id":"u1","accountEnabled":false}"#).totals == .init())
            #expect(try await tenant.sync(#"{"id":"u1","displayName":"Renamed"}"#).totals == .init())
            #expect(try await tenant.sync(#"{"id":"u1","accountEnabled":true}"#).totals == .init(existing: 1))
            #expect(try tenant.scene.home.contact(of: "u1")?.name == "Renamed")
            try Laws.expectAll(tenant.scene.home)
        }
    }

    /// The sync that runs has its own snapshot; the next one reads by the new settings.
    @Test func `an inclusion that changes while everybody is read is not forgotten`() async throws {
        try await scene { scene in
            try scene.save { $0.include.guests = false }
            var isChanged = false
            try await scene.sync { _ in
                guard !isChanged else { return }
                isChanged = true
                #expect(throws: Never.self) { try scene.save { $0.include.guests = true } }
            }
            let next = try await scene.watchedSync()
            #expect(next.reasons == [.newSelection] && next.log.totals.new == 2)
            try Laws.expectAll(scene.home)
        }
    }

    private func user(_ id: String, _ kind: String) -> String {
        """
        {"id":"\(id)","displayName":"A","userPrincipalName":"\(id)@a.example","mobilePhone":"1",\
        "accountEnabled":true,"userType":"\(kind)"}
        """
    }
}
