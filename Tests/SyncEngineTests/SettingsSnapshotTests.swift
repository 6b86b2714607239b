import SyncEngine
import ContactSync
import Projections
import Simulators
import Testing

/// Settings that are saved while a sync runs.
@Suite struct SettingsSnapshotTests {
    @Test func `a phone that is mapped during a sync counts from the next one on`() async throws {
        try await Scene.with(users: 35) { scene in
            try scene.simulator.patch(userAt: 34, ["mobilePhone": nil])
            let log = try await scene.sync { progress in
                guard progress.pages == 1 else { return }
                #expect(throws: Never.self) { try scene.save { $0.mapping.phones = [.mobile: "mobilePhone"] } }
            }
            #expect(log.totals == .init(new: 35))
            #expect(try scene.home.contacts().allSatisfy { $0.contact.phones.isEmpty })
            #expect(try await scene.sync().totals == .init(existing: 34, failed: 1))
            #expect(try scene.home.contacts().filter { $0.contact.phones.isEmpty }.count == 1)
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `a switch that is turned during a sync decides everybody in the next, whoever has changed`() async throws
    {
        let field = FieldDefinition(name: "Department", type: .text)
        try await Scene.with(users: 35, fields: [field], settings: departmentWithoutOverwriting) { scene in
            for index in [1, 33] { try scene.simulator.patch(userAt: index, ["department": "Old"]) }
            try await scene.sync()
            for index in [1, 33] { try scene.simulator.patch(userAt: index, ["department": "New"]) }
            try await scene.sync { _ in
                #expect(throws: Never.self) { try scene.save { $0.overwriteCustomFields = true } }
            }
            #expect(try scene.contact(1)?.customFields["Department"] == .text("Old"))
            #expect(try scene.contact(33)?.customFields["Department"] == .text("Old"))
            let types = try await scene.home.types { try await scene.sync() }
            #expect(types.filter { $0 == "contactUpdated" }.count == 2 && !types.contains("userFetched"))
            #expect(try scene.contact(1)?.customFields["Department"] == .text("New"))
            #expect(try scene.contact(33)?.customFields["Department"] == .text("New"))
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }

    private func departmentWithoutOverwriting(_ settings: inout TenantSettings) {
        settings.mapping.customFields = ["Department": "department"]
        settings.overwriteCustomFields = false
    }

    @Test func `without overwriting a value is kept and an empty field filled`() async throws {
        let field = FieldDefinition(name: "Department", type: .text)
        try await Scene.with(users: 12, fields: [field], settings: departmentWithoutOverwriting) { scene in
            try scene.simulator.patch(userAt: 1, ["department": "Old"])
            try scene.simulator.patch(userAt: 2, ["department": nil])
            try await scene.sync()
            #expect(try scene.contact(2)?.customFields == [:])
            for index in [1, 2] {
                try scene.simulator.patch(userAt: index, ["department": "New"])
                try scene.rename(index, "Renamed")
            }
            try await scene.sync()
            #expect(try scene.contact(1)?.customFields["Department"] == .text("Old"))
            #expect(try scene.contact(2)?.customFields["Department"] == .text("New"))
            #expect(try scene.contact(1)?.name == "Renamed")
            try Laws.expectAll(scene.home)
        }
    }
}
