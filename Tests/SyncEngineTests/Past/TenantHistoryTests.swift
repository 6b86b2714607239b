import ContactSync
import GRDB
import Journal
import Projections
import Simulators
import SyncEngine
import Testing

/// The changes of a tenant's settings, each with what was before it and behind it.
@Suite struct TenantHistoryTests {
    private func history(_ scene: Scene) throws -> [TenantChange] {
        let models = try scene.home.models()
        return try models.read { db in
            try models.journal.read { try TenantHistory.changes(of: scene.tenant, db, journal: $0) }
        }
    }

    @Test(arguments: 1...4)
    func `every change leads from what the past shows before it to what it shows behind it`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: false)
        try await Scene.with(users: 6, seed: UInt64(seed)) { scene in
            for _ in 0..<6 {
                switch turmoil.number(0..<6) {
                case 0: try scene.save { $0.overwriteCustomFields.toggle() }
                case 1: try scene.save { $0.mapping.email = $0.mapping.email == "mail" ? "userPrincipalName" : "mail" }
                case 2: try scene.save { $0.contactSync = false }
                case 3: try scene.save { $0.include.guests.toggle() }
                case 4:
                    try scene.act { try $0.append(.tenantDeleted(.init(tenant: scene.tenant)), .tenant(scene.tenant)) }
                    try scene.authorize(at: scene.simulator.baseURL)
                    try scene.save { $0.fullReadDays = 3 }
                default: try await scene.sync()
                }
                try scene.save { _ in }
            }
            try await scene.sync()
            let changes = try history(scene)
            #expect(changes.count > 2 && changes.first?.before == nil)
            for change in changes {
                let position = change.record.position.rawValue
                #expect(try settings(scene, at: position) == change.after, "behind \(change.record.type)")
                #expect(try settings(scene, at: position - 1) == change.before, "before \(change.record.type)")
            }
            #expect(try changes.last?.after == scene.tenants[0].settings)
        }
    }

    private func settings(_ scene: Scene, at position: Int64) throws -> TenantSettings? {
        try Past.models(scene.home, "\(position)").read { try Installation.tenants($0).first?.settings }
    }
}
