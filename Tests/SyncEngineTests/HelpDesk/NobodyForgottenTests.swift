import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

/// Who is to be told is told, whatever came in between.
@Suite struct NobodyForgottenTests {
    @Test func `what changed behind a write without an answer is told too`() async throws {
        try await DeskScene.with(users: 4) { scene in
            try await scene.sync()
            try scene.scene.simulator.patch(userAt: 1, ["mobilePhone": "+49 1"])
            scene.desk.setFaults([Fault(.drop, scope: .write), Fault(.unavailable, scope: .read, from: 3)])
            #expect(try await scene.sync().status == .failed)
            try scene.scene.simulator.patch(userAt: 1, ["mobilePhone": "+49 2", "department": "Later"])
            scene.desk.setFaults([])
            #expect(try await scene.sync().totals == SyncTotals(existing: 4))
            try scene.expectEverybodyOnce()
        }
    }

    @Test func `a contact that a list shows to be gone is made again at once`() async throws {
        try await DeskScene.with(users: 12) { scene in
            try await scene.sync()
            try scene.desk.removeContact(try #require(scene.contact(0)?.id))
            for index in 5..<9 { try scene.scene.rename(index, "Changed \(index)") }
            #expect(try await scene.sync().totals == SyncTotals(new: 1, existing: 11))
            try scene.expectEverybodyOnce()
        }
    }

    @Test func `a record that HappyFox breaks at fails alone`() async throws {
        try await DeskScene.with(users: 6) { scene in
            // The bulk, and then the fourth of those who are sent alone, twice.
            scene.desk.setFaults([Fault(.unavailable, scope: .write, at: [1, 5, 8])])
            let log = try await scene.sync()
            #expect(log.status == .completed && log.totals == SyncTotals(new: 5, failed: 1))
            let row = try #require(try scene.scene.home.report().first { !$0.isSynced })
            #expect(row.result.contains("503"), "\(row.result)")
            try Laws.expectAll(scene.scene.home)
            scene.desk.setFaults([])
            #expect(try await scene.sync().totals == SyncTotals(new: 1, existing: 5))
            try scene.expectEverybodyOnce()
        }
    }

    @Test func `after a change of mapping an outage counts nobody as told`() async throws {
        try await DeskScene.with(users: 30) { scene in
            try await scene.sync()
            try scene.scene.save { $0.mapping.phones[.work] = "businessPhones[0]" }
            scene.desk.setFaults([Fault(.unavailable, scope: .write)])
            let failed = try await scene.sync()
            #expect(failed.status == .failed && failed.totals == SyncTotals(failed: 30))
            #expect(try scene.scene.home.report().allSatisfy { !$0.isSynced })
            try Laws.expectAll(scene.scene.home)
            scene.desk.setFaults([])
            #expect(try await scene.sync().totals == SyncTotals(existing: 30))
            try scene.expectEverybodyOnce()
        }
    }

    @Test func `one answer that a contact is not there is not believed`() async throws {
        try await DeskScene.with(users: 3, configure: { $0.behaviour.notFoundStatus = 400 }) { scene in
            try await scene.sync()
            let id = try #require(scene.contact(1)?.id)
            try scene.scene.rename(1, "Changed")
            // The fields, and then the contact by its number.
            scene.desk.setFaults([Fault(.html, scope: .read, at: [2])])
            try await scene.sync()
            #expect(scene.contact(1)?.id == id)
            #expect(scene.desk.contacts.count == 3)
            try scene.expectEverybodyOnce()
        }
    }
}
