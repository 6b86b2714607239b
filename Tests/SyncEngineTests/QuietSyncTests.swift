import Projections
import ContactSync
import Simulators
import Testing

@Suite struct QuietSyncTests {
    @Test func `a sync without a change writes four events, whatever failed before`() async throws {
        try await Scene.with(users: 45, settings: { $0.mapping.phones = [.mobile: "mobilePhone"] }) { scene in
            try scene.simulator.patch(userAt: 3, ["mobilePhone": nil])
            let log = try await scene.sync()
            #expect(log.totals == .init(new: 44, failed: 1))
            try await Laws.expectQuietSync(scene)
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }
}
