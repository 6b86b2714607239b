import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

/// Every fault of Entra ID that can meet a running sync: a good day, a bad day, a good day again.
@Suite struct FaultMatrixTests {
    @Test(arguments: FaultRow.all)
    func `whatever goes wrong, nobody is lost, nobody is twice, and the log says why`(row: FaultRow) async throws {
        let fields = [FieldDefinition(name: "Department", type: .text), FieldDefinition(name: "Seen", type: .text)]
        try await Scene.with(
            users: 21, pageSize: 4, tenants: 2, fields: fields, settings: { row.reading.write(to: &$0) }
        ) { scene in
            if row.reading == .members { try scene.selectGroups("Support", "Sales") }
            try row.prepare(scene)
            let twin = try scene.twin()
            if row.reading != .first {
                try await scene.sync()
                try await twin.sync()
            }
            let before = try scene.home.contacts()
            try scene.liveADay()
            if row.reading == .everybody { for each in [scene, twin] { each.wait(days: 8) } }
            let calm = try await requests(scene) { try await twin.sync() }
            let log = try await badDay(row, scene, calm: calm)
            #expect(try Set(before.map(\.contact.id)).isSubset(of: scene.home.contacts().map(\.contact.id)))
            try await goodDay(row, scene, twin)
            let isRight = try Card.all(scene) == Card.all(twin) && scene.rows() == twin.rows()
            #expect(isRight)
            try Laws.expectAll(scene.home)
            MatrixTable.note(
                row, outcome: "\(log.status)\(row.disables ? ", tenant disabled" : "")", reason: log.reason ?? "",
                areContactsRight: isRight)
        }
    }

    private func badDay(_ row: FaultRow, _ scene: Scene, calm: Int) async throws -> SyncLog {
        scene.simulator.setFaults(row.faults)
        try row.strike(scene)
        var log: SyncLog?
        let asked = try await requests(scene) { log = try await scene.sync() }
        let result = try #require(log)
        switch row.outcome {
        case .completed:
            #expect(result.status == .completed && result.reason == nil, "\(result.reason ?? "")")
            if let extra = row.extra { #expect(asked - calm == extra) }
        case .failed(let reason, _):
            #expect(result.status == .failed && result.reason?.contains(reason) == true, "\(result.reason ?? "")")
        }
        let disabled = try scene.tenants.filter { !$0.isActive }
        #expect(disabled.count == (row.disables ? 1 : 0))
        #expect(disabled.allSatisfy { $0.reason != nil && $0.advice?.contains("authorize the tenant again") == true })
        return result
    }

    /// The fault is gone, and whoever was switched off is authorized again.
    private func goodDay(_ row: FaultRow, _ scene: Scene, _ twin: Scene) async throws {
        scene.simulator.setFaults([])
        for each in [scene, twin] { try row.heal(each) }
        for tenant in try scene.tenants where !tenant.isActive {
            try scene.authorize(at: tenant.authorized.graph, tenant: tenant.id, domain: tenant.domain)
        }
        for each in [scene, twin] where row.needsReconciliation { each.wait(days: 8) }
        for each in [scene, twin] { #expect(try await each.sync().status == .completed) }
    }

    private func requests(_ scene: Scene, _ body: () async throws -> Void) async throws -> Int {
        scene.simulator.forgetRequests()
        try await body()
        return scene.simulator.requests.count { $0.path.hasPrefix("/v1.0/") }
    }
}

extension FaultRow {
    var disables: Bool { if case .failed(_, let disables) = outcome { disables } else { false } }
}

extension FaultRow.Reading {
    func write(to settings: inout TenantSettings) {
        settings.mapping.phones = [.mobile: "mobilePhone"]
        settings.mapping.customFields = ["Department": "department"]
        // Delta does not give it.
        if self == .list { settings.mapping.customFields["Seen"] = "signInActivity/lastSignInDateTime" }
    }
}
