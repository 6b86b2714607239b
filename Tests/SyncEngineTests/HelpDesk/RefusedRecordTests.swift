import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

@Suite struct RefusedRecordTests {
    /// Every shape in which HappyFox may refuse one of many.
    struct Shape: CustomTestStringConvertible {
        let key: HappyFoxSimulator.BulkErrorKey
        let form: HappyFoxSimulator.ErrorShape
        let isShuffled: Bool
        var testDescription: String { "\(key), \(form), \(isShuffled ? "shuffled" : "in order")" }
        static let all = HappyFoxSimulator.BulkErrorKey.allCases.flatMap { key in
            HappyFoxSimulator.ErrorShape.allCases.flatMap { form in
                [false, true].map { Shape(key: key, form: form, isShuffled: $0) }
            }
        }
    }

    @Test(arguments: Shape.all)
    func `a record that HappyFox refuses fails alone, in its words, and is tried again`(shape: Shape) async throws {
        let configure = { (configuration: inout HappyFoxSimulator.Configuration) in
            configuration.behaviour.bulkErrorKey = shape.key
            configuration.behaviour.errorShape = shape.form
            configuration.behaviour.shufflesBulkResults = shape.isShuffled
        }
        try await DeskScene.with(users: 40, configure: configure) { scene in
            let name = String(repeating: "x", count: 600)
            try scene.scene.simulator.patch(userAt: 7, ["displayName": .string(name)])
            let log = try await scene.sync()
            try #require(log.totals == SyncTotals(new: 39, failed: 1))
            let row = try #require(try scene.scene.home.report().first { !$0.isSynced })
            #expect(row.result.hasPrefix("HappyFox: "), "\(row.result)")
            #expect(row.result.contains("Ensure this value has at most 256 characters"), "\(row.result)")
            try Laws.expectAll(scene.scene.home)
            try scene.scene.rename(7, "Shorter")
            #expect(try await scene.sync().totals == SyncTotals(new: 1, existing: 39))
            try scene.expectEverybodyOnce()
        }
    }

    @Test func `what HappyFox asks for and nobody maps is healed there`() async throws {
        try await DeskScene.with(users: 4, configure: { $0.requiredFields = ["Badge"] }) { scene in
            let user = scene.scene.simulator.directory[1]
            let id = try scene.desk.addContact(.init(name: "Old", email: user.principalName))
            let log = try await scene.sync()
            #expect(log.totals == SyncTotals(failed: 4))
            try Laws.expectAll(scene.scene.home)
            try scene.desk.editContact(id) { $0.fields["Badge"] = "B-1" }
            #expect(try await scene.sync().totals == SyncTotals(existing: 1, failed: 3))
            #expect(scene.desk.contact(id: id)?.name == user.displayName)
            try Laws.expectAll(scene.scene.home)
        }
    }

    @Test func `a dropdown takes its choices by their numbers, and one that is added counts at once`() async throws {
        try await DeskScene.with(
            users: 3,
            settings: { settings in
                DeskScene.usual(&settings)
                settings.mapping.customFields = ["Region": "department"]
            }
        ) { scene in
            for index in 0..<3 { try scene.scene.simulator.patch(userAt: index, ["department": "EMEA"]) }
            try scene.scene.simulator.patch(userAt: 2, ["department": "Atlantis"])
            #expect(try await scene.sync().totals == SyncTotals(new: 2, failed: 1))
            #expect(scene.contact(0)?.fields["Region"] == "EMEA")
            let fields = scene.desk.fields.map { field in
                var field = field
                if field.name == "Region" { field.choices.append(.init(id: 900, text: "Atlantis")) }
                return field
            }
            scene.desk.setFields(fields)
            #expect(try await scene.sync().totals == SyncTotals(new: 1, existing: 2))
            #expect(scene.contact(2)?.fields["Region"] == "Atlantis")
            try Laws.expectAll(scene.scene.home)
        }
    }
}
