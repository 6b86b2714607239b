import ContactSync
import Projections
import Simulators
import Testing

/// Custom fields that come and go between two syncs, while Entra ID reports no change.
@Suite struct FieldChangeTests {
    private let badge = FieldDefinition(name: "Badge", type: .number, isRequired: true)

    private func define(_ field: FieldDefinition, on scene: Scene) throws {
        try scene.act { try $0.append(.fieldDefined(field), .field(field.name)) }
    }

    @Test func `a new required field fails everybody until it goes`() async throws {
        try await Scene.with(users: 12) { scene in
            try await scene.sync()
            let before = try scene.home.contacts().map(\.contact)
            try define(badge, on: scene)
            #expect(try await scene.sync().totals == .init(failed: 12))
            #expect(try scene.home.report().allSatisfy { !$0.isNew && $0.result.contains("Badge is not mapped") })
            #expect(try scene.home.contacts().map(\.contact) == before)
            try await Laws.expectQuietSync(scene)
            try scene.act { try $0.append(.fieldRemoved(.init(name: "Badge")), .field("Badge")) }
            #expect(try await scene.sync().totals == .init(existing: 12))
            #expect(try scene.home.contacts().map(\.contact) == before)
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `once mapped it is filled, and who has nothing that fits fails alone`() async throws {
        try await Scene.with(users: 12) { scene in
            for index in 0..<12 { try scene.simulator.patch(userAt: index, ["employeeId": .string("\(index)")]) }
            try scene.simulator.patch(userAt: 5, ["employeeId": "005"])
            try await scene.sync()
            try define(badge, on: scene)
            try scene.save { $0.mapping.customFields = ["Badge": "employeeId"] }
            #expect(try await scene.sync().totals == .init(existing: 11, failed: 1))
            #expect(try scene.contact(4)?.customFields == ["Badge": .number("4")])
            #expect(try scene.contact(5)?.customFields == [:])
            #expect(try scene.home.report()[5].result.contains("employeeId is text \"005\""))
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `a mapped field that goes is left out, and its values stay`() async throws {
        let field = FieldDefinition(name: "Department", type: .text)
        try await Scene.with(
            users: 12, fields: [field], settings: { $0.mapping.customFields = ["Department": "department"] }
        ) { scene in
            try scene.simulator.patch(userAt: 1, ["department": "Old"])
            try await scene.sync()
            try scene.act { try $0.append(.fieldRemoved(.init(name: "Department")), .field("Department")) }
            try scene.simulator.patch(userAt: 1, ["department": "New"])
            #expect(try await scene.sync().totals == .init(existing: 12))
            #expect(try scene.contact(1)?.customFields["Department"] == .text("Old"))
            try Laws.expectAll(scene.home)
        }
    }
}
