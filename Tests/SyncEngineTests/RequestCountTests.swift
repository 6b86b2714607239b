import ContactSync
import EntraID
import Projections
import Simulators
import SyncEngine
import Testing

/// What a sync costs in requests of Graph.
@Suite struct RequestCountTests {
    @Test func `one change among 3,000 users costs one request and a token`() async throws {
        try await Scene.with(users: 3000, pageSize: 999) { scene in
            #expect(try await scene.watchedSync().requests.count == 4)
            try scene.rename(1234, "Somebody Else")
            let day = try await scene.watchedSync()
            #expect(day.requests.count == 1 && scene.simulator.requests.count == 2)
            #expect(day.log.totals == .init(existing: 3000))
            #expect(try scene.contact(1234)?.name == "Somebody Else")
        }
    }

    /// So 50,000 users are 51 of them.
    @Test func `a listing has as many pages as 999 users a page make`() async throws {
        try await Scene.with(users: 2000) { scene in
            let client = try scene.client(scene.tenants[0].authorized)
            var link = UsersLink.listStart(select: ["id", "displayName"])
            var pages = [try await client.usersPage(link)]
            while case .next(let next)? = pages.last?.end {
                link = .next(next)
                pages.append(try await client.usersPage(link))
            }
            #expect(pages.map(\.objects.count) == [999, 999, 2])
        }
    }

    /// Where sign-in activity is asked for, Graph gives 120 users a page; a request is spent on hearing that delta will not do.
    @Test func `what delta refuses costs one request more than its pages`() async throws {
        let field = FieldDefinition(name: "Seen", type: .text)
        try await Scene.with(users: 250, fields: [field]) { scene in
            try scene.save { $0.mapping.customFields = ["Seen": "signInActivity/lastSignInDateTime"] }
            let day = try await scene.watchedSync()
            #expect(day.requests.map(\.status) == [400, 200, 200, 200] && day.log.totals == .init(new: 250))
        }
    }

    @Test func `members come in pages of 999, each with the header`() async throws {
        try await Scene.with(users: 1100) { scene in
            try scene.selectGroups("All Staff")
            let day = try await scene.watchedSync()
            #expect(day.requests.map(\.status) == [200, 200] && day.log.totals == .init(new: 1100))
        }
    }
}
