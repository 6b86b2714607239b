import ContactSync
import Journal
import Projections
import SyncEngine
import Testing
import WireFixtures

/// A deleted user is a member until purged, and says by one property only that nobody is there any more.
@Suite struct DeletedMemberTests {
    private func member(_ id: String, deleted: String = "null") -> String {
        """
        {"id":"\(id)","displayName":"\(id)","userPrincipalName":"\(id)@a.example","mobilePhone":"1",\
        "deletedDateTime":\(deleted)}
        """
    }

    @Test func `a deleted member is no record, and keeps the contact`() async throws {
        try await ScriptedTenant.with { tenant in
            let scene = tenant.scene
            try scene.save { $0.users = .groups(ids: ["g"]) }
            let gone = member("c", deleted: #""2026-01-01T00:00:00Z""#)
            #expect(try await tenant.list([member("a"), member("b"), gone]).totals == .init(new: 2))
            let before = try scene.linked()
            let log = try await tenant.list([member("a"), member("b", deleted: #""2026-01-02T00:00:00Z""#)])
            #expect(log.totals == .init(existing: 1))
            #expect(try scene.linked() == before && scene.emails() == ["a@a.example"])
            let causes = try scene.home.events().filter { $0.type == "userRemoved" }.compactMap(\.data)
            #expect(causes.map { String(decoding: $0, as: UTF8.self) } == [#"{"cause":"softDeleted"}"#])
            #expect(try await tenant.list([member("a"), member("b")]).totals == .init(existing: 2))
            try Laws.expectAll(scene.home)
        }
    }
}
