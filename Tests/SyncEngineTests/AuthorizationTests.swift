import ContactSync
import Journal
import Projections
import Simulators
import SyncEngine
import Testing

@Suite struct AuthorizationTests {
    @Test func `a tenant that takes its authorization back is switched off, and its contacts stay`() async throws {
        try await Scene.with(users: 25) { scene in
            try await scene.sync()
            scene.simulator.setFaults([Fault(.unauthorized)])
            let log = try await scene.sync()
            #expect(log.status == .failed && log.totals == .init(failed: 25))
            let tenant = try #require(try scene.home.models().read { try Installation.tenants($0) }.first)
            #expect(!tenant.isActive && tenant.reason != nil)
            await #expect(throws: SyncError.self) { try await scene.sync() }
            scene.simulator.setFaults([])
            try scene.authorize(at: scene.simulator.baseURL)
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `a secret that is refused switches the tenant off with its AADSTS number and an advice`() async throws {
        try await Scene.with(users: 25) { scene in
            try await scene.sync()
            scene.simulator.revokeSecret()
            #expect(try await scene.sync().status == .failed)
            let tenant = try #require(try scene.home.models().read { try Installation.tenants($0) }.first)
            #expect(!tenant.isActive && tenant.aadsts == 7_000_215 && tenant.advice?.isEmpty == false)
            #expect(try scene.home.contacts().count == 25)
            try Laws.expectAll(scene.home)
        }
    }

    /// A delta link is good at the address that gave it out, and its host is never asked again.
    @Test func `a tenant that is authorized at another address is read anew`() async throws {
        try await Scene.with(users: 25) { scene in
            try await scene.sync()
            try await EntraSimulator.with(scene.simulator.configuration) { moved in
                try scene.authorize(at: moved.baseURL)
                try await scene.sync()
                let log = try await scene.sync()
                #expect(log.status == .completed, "\(log.reason ?? "")")
                try Laws.expectAll(scene.home)
            }
        }
    }

    @Test func `two syncs of one home exclude each other`() async throws {
        try await Scene.with(users: 25) { scene in
            let lock = try SyncLockHolder(home: scene.home.path)
            await #expect(throws: SyncError.self) { try await scene.sync() }
            #expect(try scene.home.models().read { try SyncLog.fetch($0) } == nil)
            lock.release()
            #expect(try await scene.sync().totals == .init(new: 25))
        }
    }
}

/// Another process that syncs this home, as far as it can be seen.
private struct SyncLockHolder {
    private let lock: FileLock

    init(home: String) throws {
        lock = try FileLock(path: home + "/sync.lock")
        try lock.take()
    }

    func release() { lock.release() }
}
