import ContactSync
import GRDB
import Journal
import Projections
import Simulators
import SyncEngine
import Testing

/// A plan is applied as it was shown, or not at all.
@Suite struct PlanTests {
    private func moved(_ plan: SyncPlan, _ scene: Scene) throws -> PlanCheck.Moved? { try moved(plan, scene.home) }

    private func moved(_ plan: SyncPlan, _ home: TemporaryHome) throws -> PlanCheck.Moved? {
        try home.models().journal.read { try PlanCheck.moved(since: plan.head, $0) }
    }

    @Test func `a plan is read as it was written, and not where a line is missing`() async throws {
        try await Scene.with(users: 4, settings: { $0.mapping.phones = [.mobile: "mobilePhone"] }) { scene in
            try scene.simulator.patch(userAt: 1, ["mobilePhone": nil, "displayName": "Zoë \"Z\" \u{2028}"])
            let plan = try await scene.plan()
            #expect(plan.entries.map(\.type) == ["create", "fail", "create", "create"])
            var lines: [[UInt8]] = []
            try plan.eachLine { lines.append($0) }
            let read = try SyncPlan(lines: lines)
            #expect(read.head == plan.head && read.entries == plan.entries)
            #expect(throws: SyncPlan.FormatError.damaged(line: 5)) { _ = try SyncPlan(lines: lines.dropLast()) }
            #expect(throws: SyncPlan.FormatError.damaged(line: 3)) {
                var lines = lines
                lines[2] = Array("{\"what\":\"create\"}".utf8)
                _ = try SyncPlan(lines: lines)
            }
            #expect(throws: SyncPlan.FormatError.notAPlan) { _ = try SyncPlan(lines: lines.dropFirst()) }
            #expect(throws: SyncPlan.FormatError.notAPlan) { _ = try SyncPlan(lines: [[UInt8]]()) }
        }
    }

    @Test func `what was planned is done`() async throws {
        try await Scene.with(users: 12) { scene in
            let plan = try await scene.plan()
            #expect(try moved(plan, scene) == nil)
            let again = try await scene.preview().rehearsal
            #expect(try PlanCheck.disagreements(of: plan, with: again).count == 0)
            let planned = PlannedDecisions(plan)
            let log = try await scene.sync(permit: .planned(planned))
            #expect(log.status == .completed && log.totals == SyncTotals(new: 12) && planned.left == 0)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `what moved in the journal is named by the first event that moved it`() async throws {
        try await Scene.with(users: 3) { scene in
            try await scene.sync()
            let plan = try await scene.plan()
            // Nothing new: it has moved nothing.
            try await scene.sync()
            #expect(try moved(plan, scene) == nil)
            let position = Position(rawValue: try scene.home.position() + 1)
            try scene.save { $0.overwriteCustomFields.toggle() }
            #expect(try moved(plan, scene) == .event(position, actor: "agent:1", .settings(scene.tenant)))
        }
    }

    @Test(arguments: ["contact", "field", "tenant", "sync"])
    func `each of these moves a plan`(what: String) async throws {
        try await Scene.with(users: 3) { scene in
            try await scene.sync()
            let plan = try await scene.plan()
            let position = Position(rawValue: try scene.home.position() + 1)
            switch what {
            case "contact":
                let contact = Contact(id: .init(rawValue: 77), email: "x@x.example", name: "X")
                try scene.act { try $0.append(.contactAdded(.init(contact: contact)), .contact(contact.id)) }
                #expect(try moved(plan, scene) == .event(position, actor: "agent:1", .contact(contact.id)))
            case "field":
                try scene.act { try $0.append(.fieldDefined(.init(name: "F", type: .text)), .field("F")) }
                #expect(try moved(plan, scene) == .event(position, actor: "agent:1", .field("F")))
            case "tenant":
                try scene.authorize(at: scene.simulator.baseURL)
                #expect(try moved(plan, scene) == .event(position, actor: "agent:1", .tenant(scene.tenant)))
            default:
                try scene.simulator.patch(userAt: 1, ["displayName": "Other"])
                try await scene.sync()
                guard case .event(_, _, .records(sync: 2))? = try moved(plan, scene) else {
                    Issue.record("a sync that changed a contact moves no plan")
                    return
                }
            }
        }
    }

    @Test func `a plan of another journal or another history is refused`() async throws {
        try await Scene.with(users: 3) { scene in
            let plan = try await scene.plan()
            let twin = try scene.twin()
            #expect(try moved(plan, twin) == .otherJournal)
            let older = try scene.home.survivor()
            try await scene.sync()
            let later = try await scene.plan()
            #expect(try moved(later, older) == .otherHistory)
        }
    }

    @Test func `users who moved in Entra since are named, each once`() async throws {
        try await Scene.with(users: 6) { scene in
            try await scene.sync()
            try scene.simulator.patch(userAt: 1, ["displayName": "One"])
            try scene.simulator.patch(userAt: 2, ["displayName": "Two"])
            let plan = try await scene.plan()
            try scene.simulator.patch(userAt: 2, ["displayName": "Deux"])
            try scene.simulator.patch(userAt: 1, ["displayName": .string(scene.simulator.directory[1].displayName)])
            try scene.simulator.patch(userAt: 3, ["displayName": "Three"])
            let again = try await scene.preview().rehearsal
            let found = try PlanCheck.disagreements(of: plan, with: again)
            #expect(found.count == 2)
            #expect(found.first.map(\.user.objectID) == [scene.id(2), scene.id(3)])
        }
    }

    /// Between the check and the sync, which no check can see.
    @Test func `what moves in Entra at the last moment is left to the next sync`() async throws {
        try await Scene.with(users: 35, pageSize: 10) { scene in
            let plan = try await scene.plan()
            try scene.simulator.patch(userAt: 25, ["displayName": "Moved"])
            let log = try await scene.sync(permit: .planned(PlannedDecisions(plan)))
            #expect(log.status == .failed && log.reason?.contains(scene.id(25)) == true)
            #expect(try scene.home.contacts().count == 20, "whole pages before that one")
            try Laws.expectAll(scene.home)
            let next = try await scene.sync()
            #expect(next.status == .completed && next.totals.synced == 35)
            #expect(try scene.home.contact(of: scene.id(25))?.name == "Moved")
            try await Laws.expectQuietSync(scene)
        }
    }

    @Test func `so are settings that are saved at the last moment`() async throws {
        try await Scene.with(users: 5, settings: { $0.mapping.phones = [.mobile: "mobilePhone"] }) { scene in
            try await scene.sync()
            let plan = try await scene.plan()
            #expect(plan.entries.isEmpty)
            try scene.save { $0.mapping.name = "userPrincipalName" }
            let log = try await scene.sync(permit: .planned(PlannedDecisions(plan)))
            #expect(log.status == .failed)
            let names = try scene.home.contacts().map(\.contact.name)
            #expect(names.allSatisfy { !$0.contains("@") })
            try Laws.expectAll(scene.home)
            let next = try await scene.sync()
            #expect(next.status == .completed)
            #expect(try scene.home.contacts().allSatisfy { $0.contact.name.contains("@") })
        }
    }

    @Test func `and nothing unplanned is written to a help desk elsewhere`() async throws {
        try await DeskScene.with(users: 8) { scene in
            let plan = try await scene.scene.plan()
            try scene.scene.simulator.patch(userAt: 3, ["displayName": "Moved"])
            let log = try await scene.scene.sync(permit: .planned(PlannedDecisions(plan)))
            #expect(log.status == .failed)
            #expect(!scene.desk.contacts.contains { $0.name == "Moved" })
            #expect(log.totals == SyncTotals(failed: 8))
            #expect(try scene.scene.home.report().allSatisfy { $0.result.contains("Not synced: entra or") })
            try Laws.expectAll(scene.scene.home)
            #expect(try await scene.sync().totals == SyncTotals(new: 8))
            try scene.expectEverybodyOnce()
        }
    }
}
