import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

/// Selections of groups, from the simulator's: Sales holds Sales EMEA and Sales APAC, the circles hold each other.
@Suite struct GroupSelectionTests {
    private func members(_ scene: Scene, _ names: String...) -> Set<String> {
        names.flatMap { scene.simulator.groups(named: $0) }.reduce(into: []) {
            $0.formUnion(scene.simulator.users(inGroup: $1))
        }
    }

    @Test func `nested groups, groups in a circle and overlapping groups make one union`() async throws {
        try await Scene.with(users: 60) { scene in
            try scene.selectGroups("Sales", "Sales EMEA", "Circle A", "Circle B", "Nobody Yet")
            let expected = members(scene, "Sales", "Circle A")
            let day = try await scene.watchedSync()
            #expect(expected.count > 20 && expected.contains(scene.id(9)) && expected.contains(scene.id(19)))
            #expect(day.log.totals == .init(new: expected.count) && day.reasons == [.noDelta])
            #expect(try Set(scene.linked().keys) == expected)
            let calm = try await scene.watchedSync()
            #expect(
                calm.types == ["syncStarted"] + Array(repeating: "pageRead", count: 5) + [
                    "selectionRead", "syncCompleted",
                ])
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `who leaves a group keeps the contact, and has it again on coming back`() async throws {
        try await Scene.with(users: 40) { scene in
            try scene.selectGroups("Support")
            try await scene.sync()
            let (support, contact) = (scene.simulator.groups(named: "Support")[0], try scene.contact(10))
            try scene.simulator.removeMember(scene.id(10), from: support)
            try scene.rename(10, "Gone Elsewhere")
            let left = try await scene.watchedSync()
            #expect(left.removals == [scene.id(10): .unselected] && left.log.totals == .init(existing: 7))
            #expect(try contact != nil && scene.contact(10) == contact)
            #expect(try !scene.emails().contains(contact?.email ?? ""))
            try scene.simulator.addMember(scene.id(10), to: support)
            let back = try await scene.watchedSync()
            #expect(back.removals.isEmpty && back.log.totals == .init(existing: 8))
            #expect(try scene.contact(10)?.id == contact?.id && scene.contact(10)?.name == "Gone Elsewhere")
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `a group that is deleted fails the sync and removes nobody`() async throws {
        try await Scene.with(users: 40) { scene in
            try scene.selectGroups("Support", "Sales")
            try await scene.sync()
            let before = try scene.linked()
            let support = scene.simulator.groups(named: "Support")[0]
            try scene.simulator.removeGroup(support)
            let day = try await scene.watchedSync()
            let reason = "contoso.example: the selected group Support (\(support)) no longer exists"
            #expect(day.log.status == .failed && day.log.reason == reason)
            #expect(day.removals.isEmpty && day.reads.isEmpty && day.log.totals == .init(failed: before.count))
            #expect(try scene.linked() == before && scene.tenants.allSatisfy(\.isActive))
            try Laws.expectAll(scene.home)
        }
    }

    /// It is still there and says that nobody is in it.
    @Test func `a group that is emptied unselects everybody`() async throws {
        try await Scene.with(users: 40) { scene in
            try scene.selectGroups("Support")
            try await scene.sync()
            let before = try scene.linked()
            for id in before.keys {
                try scene.simulator.removeMember(id, from: scene.simulator.groups(named: "Support")[0])
            }
            let day = try await scene.watchedSync()
            #expect(day.log.status == .completed && day.log.totals == .init())
            #expect(day.removals == before.mapValues { _ in .unselected })
            #expect(try scene.linked() == before && scene.home.report().isEmpty)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `members that are hidden are a missing permission, and nobody is removed`() async throws {
        try await Scene.with(users: 40) { scene in
            try scene.selectGroups("Support")
            try await scene.sync()
            try scene.simulator.setConsent([.groupMemberReadAll])
            let day = try await scene.watchedSync()
            #expect(
                day.log.status == .failed && day.log.reason?.contains("permission User.Read.All is missing") == true)
            #expect(day.removals.isEmpty && day.log.totals == .init(failed: 8))
            #expect(try scene.tenants.allSatisfy(\.isActive))
            try Laws.expectAll(scene.home)
        }
    }

    /// Nobody took anything back: the group wants more than was ever granted.
    @Test func `a group whose membership is hidden does not switch the tenant off`() async throws {
        try await Scene.with(users: 70) { scene in
            try await scene.sync()
            try scene.selectGroups("Board")
            let day = try await scene.watchedSync()
            #expect(day.log.status == .failed && day.log.reason?.contains("is missing") == true)
            #expect(try day.removals.isEmpty && scene.tenants.allSatisfy(\.isActive))
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `from everybody to groups and back, links stay`() async throws {
        try await Scene.with(users: 40) { scene in
            #expect(try await scene.watchedSync().reasons == [.first])
            let before = try scene.linked()
            try scene.selectGroups("Support")
            let narrowed = try await scene.watchedSync()
            #expect(narrowed.reasons == [.noDelta] && narrowed.log.totals == .init(existing: 8))
            #expect(narrowed.removals.count == 32 && narrowed.removals.values.allSatisfy { $0 == .unselected })
            try scene.save { $0.users = .all }
            let widened = try await scene.watchedSync()
            #expect(widened.reasons == [.newSelection] && widened.log.totals == .init(existing: 40))
            #expect(try scene.linked() == before)
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }
}
