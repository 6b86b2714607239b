import ContactSync
import Journal
import Projections
import Testing

/// A later delta round may leave out what did not change, and writes null for what was cleared.
@Suite struct PartialAnswerTests {
    private let ann = #"{"id":"u1","displayName":"Ann","userPrincipalName":"ann@a.example","mobilePhone":"1"}"#
    private let bob = #"{"id":"u2","displayName":"Bob","userPrincipalName":"bob@a.example","mobilePhone":"2"}"#

    @Test func `what is left out stays, what is null goes`() async throws {
        try await ScriptedTenant.with { tenant in
            let home = tenant.scene.home
            _ = try await tenant.sync(ann + "," + bob)
            let types = try await home.types {
                let log = try await tenant.sync(
                    #"{"id":"u1","displayName":"Anna"}"#, #"{"id":"u2","mobilePhone":null}"#,
                    #"{"id":"u1","mobilePhone":"3"}"#)
                #expect(log.totals == .init(existing: 1, failed: 1))
            }
            #expect(types.filter { $0.hasPrefix("user") } == ["userChanged", "userChanged", "userChanged"])
            let contact = try #require(try home.contact(of: "u1"))
            #expect(contact.name == "Anna" && contact.email == "ann@a.example" && contact.phones == [.mobile: "3"])
            #expect(try home.report().map(\.email) == ["ann@a.example", "bob@a.example"])
            try Laws.expectAll(home)
        }
    }

    @Test func `what says nothing new writes nothing`() async throws {
        try await ScriptedTenant.with { tenant in
            _ = try await tenant.sync(ann + "," + bob)
            let types = try await tenant.scene.home.types {
                _ = try await tenant.sync(#"{"id":"u1","displayName":"Ann"},{"id":"u2"}"#)
            }
            #expect(types == ["syncStarted", "pageRead", "selectionRead", "syncCompleted"])
        }
    }

    @Test func `settings that change later find the whole user`() async throws {
        try await ScriptedTenant.with { tenant in
            let home = tenant.scene.home
            _ = try await tenant.sync(ann)
            _ = try await tenant.sync(#"{"id":"u1","displayName":"Anna","mobilePhone":null}"#)
            #expect(try home.report().map(\.isSynced) == [false])
            try tenant.scene.save { $0.mapping.phones = [:] }
            #expect(try await tenant.sync("").totals == .init(existing: 1))
            #expect(try home.contact(of: "u1")?.name == "Anna")
            try Laws.expectAll(home)
        }
    }

    @Test func `a restored user may come with a part only`() async throws {
        try await ScriptedTenant.with { tenant in
            let home = tenant.scene.home
            _ = try await tenant.sync(ann)
            _ = try await tenant.sync(#"{"id":"u1","@removed":{"reason":"changed"}}"#)
            #expect(try await tenant.sync(#"{"id":"u1","displayName":"Anna"}"#).totals == .init(existing: 1))
            #expect(try home.contact(of: "u1")?.name == "Anna")
            try Laws.expectAll(home)
        }
    }

    @Test func `an entry that cannot be told from another is nobody, and the others are somebody`() async throws {
        try await ScriptedTenant.with { tenant in
            let log = try await tenant.sync(#"{"displayName":"Nobody"},{"id":""},\#(ann),{"id":"a/b"},\#(bob)"#)
            #expect(log.status == .failed && log.totals == .init(new: 2))
            #expect(log.reason?.contains("3 entries without a usable id") == true)
            try Laws.expectAll(tenant.scene.home)
        }
    }

    /// Somebody is in the answer who cannot be told from the one who seems to be missing.
    @Test func `nobody is taken for missing where an entry has no id`() async throws {
        try await ScriptedTenant.with { tenant in
            _ = try await tenant.sync(#"\#(ann),{"displayName":"Nobody"}"#)
            let log = try await tenant.sync(#"\#(bob),{"displayName":"Nobody"}"#)
            #expect(log.totals == .init(new: 1, failed: 1))
            #expect(try tenant.scene.home.events().allSatisfy { $0.type != "userRemoved" })
        }
    }
}
