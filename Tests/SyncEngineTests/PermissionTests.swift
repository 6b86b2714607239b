import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

/// When a permission that is missing means that it was taken back.
@Suite struct PermissionTests {
    private func denied(_ scene: Scene) async throws -> Tenant {
        try scene.simulator.setConsent([.organizationReadAll])
        let log = try await scene.sync()
        #expect(log.status == .failed && log.reason?.contains("permission User.Read.All is missing") == true)
        try scene.simulator.setConsent(Permission.least)
        return try scene.tenants[0]
    }

    @Test func `a tenant that was never read waits for its consent`() async throws {
        try await Scene.with(users: 12) { scene in
            let tenant = try await denied(scene)
            #expect(tenant.isActive)
            #expect(try await scene.sync().totals == .init(new: 12))
        }
    }

    @Test func `a tenant that was read is switched off with reason and advice`() async throws {
        try await Scene.with(users: 12) { scene in
            try await scene.sync()
            let tenant = try await denied(scene)
            #expect(!tenant.isActive && tenant.reason?.contains("User.Read.All is missing") == true)
            #expect(tenant.advice?.hasPrefix("grant the application permission User.Read.All") == true)
            #expect(tenant.advice?.hasSuffix("authorize the tenant again") == true)
            #expect(try scene.home.contacts().count == 12)
            try Laws.expectAll(scene.home)
        }
    }

    /// A new token may still be without what was consented to a minute ago.
    @Test func `a tenant that was authorized again just now waits for its consent`() async throws {
        try await Scene.with(users: 12) { scene in
            try await scene.sync()
            _ = try await denied(scene)
            try scene.authorize(at: scene.simulator.baseURL)
            #expect(try await denied(scene).isActive)
            #expect(try await scene.sync().totals == .init(existing: 12))
            scene.wait(days: 1)
            #expect(try await !denied(scene).isActive)
            try Laws.expectAll(scene.home)
        }
    }

    /// Another property may need another permission.
    @Test func `a property that was never read switches nobody off`() async throws {
        try await Scene.with(users: 12, fields: [FieldDefinition(name: "City", type: .text)]) { scene in
            try await scene.sync()
            try scene.save { $0.mapping.customFields = ["City": "city"] }
            #expect(try await denied(scene).isActive)
        }
    }

    @Test func `a tenant that an agent deletes while it is refused is not switched off as well`() async throws {
        try await Scene.with(users: 25, pageSize: 5) { scene in
            try await scene.sync()
            for index in 0..<25 { try scene.rename(index, "Again \(index)") }
            scene.simulator.setFaults([Fault(.forbidden, from: 3)])
            let tenant = scene.tenant
            let types = try await scene.home.types {
                try await scene.sync { progress in
                    guard progress.pages == 1 else { return }
                    #expect(throws: Never.self) {
                        try scene.act { try $0.append(.tenantDeleted(.init(tenant: tenant)), .tenant(tenant)) }
                    }
                }
            }
            #expect(types.contains("tenantReadFailed") && !types.contains("tenantDisabled"))
        }
    }
}
