import ContactSync
import Projections
@testable import Simulators
import SyncEngine
import Testing

/// Every number that the simulated token endpoint can refuse with, one day each.
@Suite struct EveryCodeTests {
    /// Trouble that passes, or that no new authorization would end; any other number switches the tenant off.
    private static let staying: [String: Set<Int>] = [
        "transient": [50033, 50087, 90006, 90012, 90024, 90033, 90055],
        "blocked": [50053, 50196],
        "misconfigured": [
            50011, 50027, 50194, 500_011, 650_052, 650_056, 650_057, 700_022, 700_023, 700_024, 700_025, 7_000_218,
            70003, 70011,
            900_144, 90014, 9_001_023, 9_002_332,
        ],
    ]

    @Test func `every number fails the sync, keeps the contacts, and switches off whom it says`() async throws {
        try await Scene.with(users: 5) { scene in
            try await scene.sync()
            let before = try scene.linked()
            var seen: [String: [Int]] = [:]
            for code in AADSTS.rows.keys.sorted() {
                scene.simulator.setFaults([Fault(.aadsts, code: code)])
                let log = try await scene.sync()
                #expect(log.status == .failed && log.totals == .init(failed: 5), "AADSTS\(code)")
                let kind = EveryCodeTests.staying.first { $0.value.contains(code) }?.key
                #expect(try scene.tenants[0].isActive == (kind != nil), "AADSTS\(code)")
                seen[kind ?? "authorization lost", default: []].append(code)
                scene.simulator.setFaults([])
                if kind == nil { try scene.authorize(at: scene.simulator.baseURL) }
            }
            #expect(try scene.linked() == before)
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
            for (kind, codes) in seen.sorted(by: { $0.key < $1.key }) {
                let list = codes.map { String($0) }.joined(separator: ", ")
                print("| AADSTS, \(kind): \(list) | changes | failed | \(kind) | yes |")
            }
        }
    }
}
