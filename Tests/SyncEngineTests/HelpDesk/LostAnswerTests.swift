import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

@Suite struct LostAnswerTests {
    @Test func `the answer to a bulk create is lost, and nobody is there twice`() async throws {
        try await DeskScene.with(users: 250) { scene in
            scene.desk.setFaults([Fault(.drop, scope: .write, at: [2])])
            let log = try await scene.sync()
            #expect(log.status == .completed && log.totals == SyncTotals(new: 250))
            #expect(scene.desk.contacts.count == 250)
            #expect(scene.desk.contacts.allSatisfy { $0.phones.count == 1 })
            #expect(scene.requests("POST") == 3)
            try scene.expectEverybodyOnce()
        }
    }

    @Test func `an answer that leaves out who was written, and in what order, is completed by reading`() async throws {
        let configure = { (configuration: inout HappyFoxSimulator.Configuration) in
            configuration.behaviour.shufflesBulkResults = true
            configuration.behaviour.omitsBulkResult = 7
        }
        try await DeskScene.with(users: 120, configure: configure) { scene in
            let log = try await scene.sync()
            #expect(log.status == .completed && log.totals == SyncTotals(new: 120))
            try scene.expectEverybodyOnce()
        }
    }

    /// Each kind of trouble at each request of a sync that adopts, creates, renames and updates.
    @Test(arguments: [
        Fault.Kind.drop, .unheard, .unavailable, .gatewayTimeout, .truncate, .notJSON, .throttle,
    ])
    func `trouble at any request costs nothing`(kind: Fault.Kind) async throws {
        for ordinal in 1...9 {
            for scope in [Fault.Scope.read, .write] {
                try await DeskScene.with(users: 12, seed: UInt64(ordinal)) { scene in
                    let existing = scene.scene.simulator.directory[5].principalName
                    let id = try scene.desk.addContact(.init(name: "Old", email: existing))
                    try scene.desk.editContact(id) { $0.fields["Badge"] = "B-5" }
                    scene.desk.setFaults([Fault(kind, scope: scope, at: [ordinal])])
                    try await scene.sync()
                    try scene.scene.simulator.patch(userAt: 2, ["userPrincipalName": "moved@contoso.example"])
                    try scene.scene.simulator.patch(userAt: 3, ["mobilePhone": "+49 3"])
                    try scene.scene.simulator.patch(
                        userAt: 4, ["userPrincipalName": "away@contoso.example", "mobilePhone": "+49 4"])
                    try await scene.sync()
                    let log = try await scene.sync()
                    #expect(log.status == .completed && log.totals.synced == 12, "\(kind) at \(scope) \(ordinal)")
                    #expect(scene.desk.contacts.count == 12)
                    #expect(scene.desk.contact(id: id)?.fields["Badge"] == "B-5")
                    try scene.expectEverybodyOnce()
                }
            }
        }
    }

    /// From some request on nothing works any more, and the next sync goes on from there.
    @Test(arguments: [Fault.Kind.drop, .unheard, .unavailable, .notJSON, .truncate])
    func `an outage ends the sync, and the next one goes on`(kind: Fault.Kind) async throws {
        for start in 1...3 {
            try await DeskScene.with(users: 230, configure: { $0.contacts = 60 }) { scene in
                scene.desk.setFaults([Fault(kind, scope: .read, from: start), Fault(kind, scope: .write, from: start)])
                let failed = try await scene.sync()
                #expect(failed.status == .failed && failed.helpDesk?.isRefused == false, "\(kind) from \(start)")
                #expect(failed.totals.synced + failed.totals.failed == (start == 1 ? 0 : 230), "\(failed.totals)")
                try Laws.expectAll(scene.scene.home)
                scene.desk.setFaults([])
                let log = try await scene.sync()
                #expect(log.status == .completed && log.totals.synced == 230, "\(kind) from \(start)")
                try scene.expectEverybodyOnce()
            }
        }
    }

    @Test func `a key that is taken back ends the sync for that reason`() async throws {
        try await DeskScene.with(users: 5) { scene in
            scene.desk.setKey(.revoked)
            let log = try await scene.sync()
            #expect(log.status == .failed && log.helpDesk?.isRefused == true)
            scene.desk.setKey(.valid)
            #expect(try await scene.sync().totals.synced == 5)
            try scene.expectEverybodyOnce()
        }
    }
}
