import ContactSync
import GRDB
import Journal
import Projections
import Simulators
import SyncEngine
import Testing

/// A preview runs the code of a sync on what a sync would read: it cannot say anything else.
@Suite struct PreviewTests {
    @Test(arguments: 1...10)
    func `a preview decides what the sync right after decides, and writes nothing`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: seed > 5)
        let rules = Rulebook()
        try await Scene.with(
            users: turmoil.number(20..<50), seed: UInt64(seed), pageSize: 20, fields: rules.fields,
            settings: {
                rules.write(to: &$0)
                if seed > 5 { $0.mapping.email = "mail" }
            }
        ) { scene in
            for round in 0..<4 {
                let before = try scene.home.bytes()
                let (rehearsal, tried) = try await scene.preview()
                #expect(try scene.home.bytes() == before)
                let position = try scene.home.position()
                let log = try await scene.sync()
                #expect(try rehearsal.decided() == scene.home.decided(after: position), "round \(round)")
                #expect(tried.totals == log.totals && tried.sync == log.sync)
                #expect(try rehearsal.contacts() == scene.home.contacts().map(\.contact))
                if turmoil.dice.happens(40) { try scene.save { $0.overwriteCustomFields.toggle() } }
                if turmoil.dice.happens(40) { try scene.save { $0.mapping.phones[.work] = "businessPhones[0]" } }
                try turmoil.edit(scene.simulator, times: turmoil.number(0..<30))
            }
        }
    }

    @Test(arguments: 1...8)
    func `so it does where contacts live elsewhere, and asks the help desk only to read`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: seed > 5)
        try await DeskScene.with(
            users: 25, seed: UInt64(seed), pageSize: 10, configure: { $0.contacts = 15 },
            settings: {
                DeskScene.usual(&$0)
                if seed > 5 { $0.mapping.email = "mail" }
            }
        ) { scene in
            for round in 0..<4 {
                scene.desk.forgetRequests()
                let (rehearsal, tried) = try await scene.scene.preview()
                #expect(scene.requests("POST") == 0)
                #expect(scene.requests("GET") > 0)
                let position = try scene.scene.home.position()
                let log = try await scene.sync()
                #expect(
                    try rehearsal.decided(withoutOld: seed > 5)
                        == scene.scene.home.decided(after: position, withoutOld: seed > 5), "round \(round)")
                #expect(tried.totals == log.totals)
                for contact in scene.desk.contacts where turmoil.dice.happens(20) {
                    try scene.desk.editContact(contact.id) { $0.name = "Edited \(round)" }
                }
                try turmoil.edit(scene.scene.simulator, times: turmoil.number(0..<15))
            }
        }
    }

    @Test func `a tenant that cannot be read fails the preview, and is not switched off`() async throws {
        try await Scene.with { scene in
            try await scene.sync()
            scene.simulator.setFaults([Fault(.forbidden, from: 1)])
            let (_, log) = try await scene.preview()
            #expect(log.status == .failed)
            #expect(try scene.tenants[0].isActive)
        }
    }

    @Test func `account e-mails are counted and none is requested`() async throws {
        try await Scene.with(users: 4, settings: { $0.accountEmail = true }) { scene in
            let totals = try await scene.preview().rehearsal.eachDifference { _ in }
            #expect(totals.mails == 4 && totals.count(.create) == 4)
            #expect(try scene.home.models().read { try AccountMails.toSend($0, of: [scene.tenant]) } == [])
        }
    }

    @Test func `a preview while a sync runs is in nobody's way`() async throws {
        try await Scene.with(users: 25) { scene in
            var size: Int64 = 0
            try await scene.sync { progress in
                guard progress.pages == 2 else { return }
                #expect(throws: Never.self) { size = try Rehearsal(scene.home.models()).base.size }
            }
            #expect(size > 0)
        }
    }

    @Test func `what is rehearsed in vain is forgotten`() async throws {
        struct Trouble: Error {}
        try await Scene.with { scene in
            let rehearsal = try Rehearsal(scene.home.models())
            let occasion = Occasion(actor: "agent:1", time: 1)
            let contact = Contact(id: .init(rawValue: 9), email: "a@a.example", name: "A")
            #expect(throws: Trouble.self) {
                try rehearsal.transact(occasion) { transaction in
                    try transaction.append(.contactAdded(.init(contact: contact)), .contact(contact.id))
                    throw Trouble()
                }
            }
            #expect(try rehearsal.contacts() == [])
            let position = try rehearsal.transact(occasion) {
                try $0.append(.contactAdded(.init(contact: contact)), .contact(contact.id))
            }
            #expect(position.rawValue == rehearsal.base.size + 1)
            #expect(try rehearsal.contacts() == [contact])
            #expect(try scene.home.contacts().isEmpty)
        }
    }
}

/// What only a help desk elsewhere can do to a preview.
@Suite struct DeskPreviewTests {
    @Test func `what the help desk refused is sent again, which heals nobody by itself`() async throws {
        try await DeskScene.with(users: 6) { scene in
            try scene.scene.rename(2, String(repeating: "x", count: 600))
            #expect(try await scene.sync().totals == SyncTotals(new: 5, failed: 1))
            let refused = try await scene.scene.preview().rehearsal
            #expect(try refused.differences().map(\.kind) == [.retry])
            try scene.scene.simulator.patch(userAt: 3, ["userPrincipalName": "moved@contoso.example"])
            let moved = try await scene.scene.preview().rehearsal
            #expect(try Set(moved.differences().map(\.kind)) == [.retry, .update])
        }
    }

    /// The limits hold in a preview, and in a sync right after one that knows of it.
    @Test func `a preview waits for the limits, and so does the sync by its plan`() async throws {
        let share = 3
        try await DeskScene.with(
            users: 40, share: share,
            configure: { configuration in
                configuration.contacts = 900
                configuration.readsPerMinute = 500 * share / 100
                configuration.writesPerMinute = 300 * share / 100
            }
        ) { scene in
            let rehearsal = try await scene.scene.preview().rehearsal
            #expect(scene.desk.throttledRequests == 0)
            #expect(scene.progress.contains { if case .waiting = $0 { true } else { false } })
            let plan = try SyncPlan(rehearsal, origin: scene.scene.origin(), at: scene.scene.clock.time)
            let recent = try rehearsal.read { try RecentRequests.fetch($0) }
            let log = try await scene.scene.sync(
                permit: .planned(PlannedDecisions(plan)), recentRequests: recent)
            #expect(log.totals.synced == 40)
            #expect(scene.desk.throttledRequests == 0)
        }
    }

    @Test func `a help desk that cannot be reached fails the preview`() async throws {
        try await DeskScene.with(users: 4) { scene in
            scene.desk.setFaults([Fault(.unavailable, from: 1)])
            let log = try await scene.scene.preview().log
            #expect(log.status == .failed && log.helpDesk != nil)
        }
    }
}
