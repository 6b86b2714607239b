import ContactSync
import Projections
import Testing

/// Graph may send a user more than once in a round, and says at the end what is true.
@Suite struct TwiceInARoundTests {
    private let user = #"{"id":"u1","displayName":"Ann","userPrincipalName":"ann@a.example","mobilePhone":"1"}"#
    private let phoneless = #"{"id":"u1","displayName":"Ann","userPrincipalName":"ann@a.example","mobilePhone":null}"#
    private let removed = #"{"id":"u1","@removed":{"reason":"deleted"}}"#

    @Test func `the same twice is once`() async throws {
        try await ScriptedTenant.with { tenant in
            let log = try await tenant.sync(user, user + "," + user)
            #expect(log.totals == .init(new: 1))
            #expect(try tenant.scene.home.contacts().count == 1)
            try Laws.expectAll(tenant.scene.home)
        }
    }

    @Test func `who comes back within the round is there`() async throws {
        try await ScriptedTenant.with { tenant in
            let log = try await tenant.sync(user, removed, user)
            #expect(log.totals == .init(new: 1))
            #expect(try tenant.scene.home.contacts().count == 1)
            try Laws.expectAll(tenant.scene.home)
        }
    }

    @Test func `who is gone by the end is not counted as new`() async throws {
        try await ScriptedTenant.with { tenant in
            let log = try await tenant.sync(user, removed)
            let contacts = try tenant.scene.home.contacts()
            #expect(contacts.count == 1)
            #expect(log.totals == .init())
            try Laws.expectAll(tenant.scene.home)
        }
    }

    @Test func `who fails by the end is not counted as new`() async throws {
        try await ScriptedTenant.with { tenant in
            let log = try await tenant.sync(user, phoneless)
            #expect(log.totals == .init(failed: 1))
            try Laws.expectAll(tenant.scene.home)
        }
    }
}
