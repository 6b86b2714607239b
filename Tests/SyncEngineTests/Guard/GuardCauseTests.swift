import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

/// Why a sync was held, by record.
@Suite struct GuardCauseTests {
    @Test func `users who changed in Entra ID`() async throws {
        try await expect(settings: 0, selection: 0, entra: 55) { try $0.rename(0..<55, "Renamed") }
    }

    @Test func `an edited mapping, and those who would have changed without it`() async throws {
        try await expect(settings: 50, selection: 0, entra: 10) { scene in
            try scene.rename(0..<10, "Renamed")
            try scene.save { $0.mapping.phones = [.mobile: "mobilePhone"] }
        }
    }

    @Test func `an edit of no consequence is not to blame`() async throws {
        try await expect(settings: 0, selection: 0, entra: 55) { scene in
            try scene.save { $0.overwriteCustomFields = false }
            try scene.rename(0..<55, "Renamed")
        }
    }

    @Test func `the switch that overwrites custom fields`() async throws {
        let field = FieldDefinition(name: "Department", type: .text)
        try await Scene.with(
            users: 60, fields: [field],
            settings: {
                $0.mapping.customFields = ["Department": "department"]
                ($0.overwriteCustomFields, $0.guardLimits) = (false, GuardLimits(updates: 1))
            }
        ) { scene in
            for index in 0..<60 { try scene.simulator.patch(userAt: index, ["department": "Old"]) }
            try await scene.sync()
            for index in 0..<55 { try scene.simulator.patch(userAt: index, ["department": "New"]) }
            #expect(try await scene.sync().status == .completed)
            try scene.save { $0.overwriteCustomFields = true }
            try await scene.sync()
            let held = try #require(try scene.held())
            #expect(held.updates == 55 && held.causes.settings == 55)
            #expect(held.edits.map(\.kind) == [.overwrite])
            #expect(held.cause == "overwriting of custom fields was switched")
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `another selection`() async throws {
        try await Scene.with(users: 150) { scene in
            let support = try #require(scene.simulator.groups(named: "Support").first)
            try scene.save { ($0.users, $0.guardLimits) = (.groups(ids: [support]), GuardLimits(creates: 10)) }
            let before = try await scene.sync().totals.new
            try scene.save { $0.users = .all }
            try await scene.sync()
            let held = try #require(try scene.held())
            #expect(held.creates == 150 - before && held.causes.selection == held.creates)
            #expect(held.cause == "the selection was changed" && held.edits.map(\.actor) == ["agent:1"])
            try Laws.expectAll(scene.home)
        }
    }

    private func expect(
        settings: Int, selection: Int, entra: Int, _ edit: (Scene) throws -> Void
    ) async throws {
        try await Scene.with(users: 60, settings: { $0.guardLimits.updates = 1 }) { scene in
            try await scene.sync()
            try edit(scene)
            try await scene.sync()
            let held = try #require(try scene.held())
            #expect(held.causes.settings == settings && held.causes.selection == selection)
            #expect(held.causes.entra == entra)
            try Laws.expectAll(scene.home)
        }
    }
}
