import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

@Suite struct RelinkTests {
    private func use(_ desk: HelpDesk, _ scene: DeskScene) throws {
        try scene.scene.act { transaction in
            try transaction.append(.helpDeskChanged(.init(helpDesk: desk, relinks: true)), .helpDesk)
        }
    }

    private func happyFox(_ scene: DeskScene) -> HelpDesk { HelpDesk(kind: .happyfox, url: scene.desk.baseURL) }

    @Test func `contacts that move to HappyFox are matched there by their addresses`() async throws {
        try await DeskScene.with(users: 12) { scene in
            try use(.embedded, scene)
            try scene.scene.act { transaction in
                try transaction.append(.fieldDefined(.init(name: "Department", type: .text)), .field("Department"))
            }
            #expect(try await scene.sync().totals == SyncTotals(new: 12))
            let known = scene.scene.simulator.directory[4].principalName
            let id = try scene.desk.addContact(.init(name: "Known", email: known, fields: ["Badge": "B-4"]))
            try use(happyFox(scene), scene)
            #expect(try await scene.sync().totals == SyncTotals(new: 11, existing: 1))
            #expect(scene.desk.contact(id: id)?.fields["Badge"] == "B-4")
            try scene.expectEverybodyOnce()
            try use(.embedded, scene)
            #expect(try await scene.sync().totals == SyncTotals(new: 12))
            try Laws.expectAll(scene.scene.home)
            // And once more: nothing is there twice.
            try use(happyFox(scene), scene)
            #expect(try await scene.sync().totals == SyncTotals(existing: 12))
            #expect(scene.desk.contacts.count == 12)
            // What a sync made in the account it has made, though the links were let go of in between.
            #expect(try scene.scene.home.contacts().count(where: \.isFromEntra) == 11)
            try scene.expectEverybodyOnce()
        }
    }
}
