import ContactSync
import Journal
import Projections
import Simulators
import SyncEngine
import Testing

/// What admins are told, and how often.
@Suite struct NoticeTests {
    @Test func `a tenant that cannot be read is told once, and so is its recovery`() async throws {
        try await NoticeScene.with { notices in
            try await notices.sync()
            #expect(notices.posted == [])
            notices.scene.simulator.setFaults([Fault(.unavailable, from: 1)])
            for _ in 1...3 { #expect(try await notices.sync().status == .failed) }
            #expect(notices.posted == ["raised tenantNotRead"])
            notices.scene.simulator.setFaults([])
            for _ in 1...2 { try await notices.sync() }
            #expect(notices.posted == ["raised tenantNotRead", "cleared tenantNotRead"])
            #expect(Set(notices.ids).count == 2)
            // Again is another time.
            notices.scene.simulator.setFaults([Fault(.unavailable, from: 1)])
            try await notices.sync()
            #expect(notices.posted.count == 3 && Set(notices.ids).count == 3)
        }
    }

    @Test func `what Entra took back takes the place of what failed before, and authorizing again ends it`()
        async throws
    {
        try await NoticeScene.with { notices in
            try await notices.sync()
            notices.scene.simulator.setFaults([Fault(.unavailable, from: 1)])
            try await notices.sync()
            notices.scene.simulator.setFaults([])
            notices.scene.simulator.revokeSecret()
            try await notices.sync()
            #expect(notices.posted == ["raised tenantNotRead", "raised tenantDisabled"])
            #expect(try notices.open() == [.tenantDisabled])
            try notices.scene.authorize(at: notices.scene.simulator.baseURL)
            _ = try await notices.run()()
            #expect(notices.posted.last == "cleared tenantDisabled")
            #expect(try notices.open() == [])
        }
    }

    @Test func `what an agent switches off is no surprise, and ends what stood`() async throws {
        try await NoticeScene.with { notices in
            notices.scene.simulator.setFaults([Fault(.unavailable, from: 1)])
            try await notices.sync()
            let tenant = notices.scene.tenant
            try notices.scene.act {
                try $0.append(
                    .tenantDisabled(.init(tenant: tenant, reason: "off", aadsts: nil, advice: "")), .tenant(tenant))
            }
            for _ in 1...2 { _ = try await notices.run()() }
            #expect(notices.posted == ["raised tenantNotRead", "cleared tenantNotRead"])
            let ending = try notices.scene.home.models().read { try Notices.recent($0, since: 0) }[0].ending
            #expect(ending == .obsolete)
        }
    }

    @Test func `records are told when they begin to fail, and when none fails any more`() async throws {
        try await NoticeScene.with(users: 6) { notices in
            let scene = notices.scene
            try scene.save { $0.mapping.phones = [.mobile: "mobilePhone", .work: "faxNumber"] }
            for user in 0..<6 {
                try scene.simulator.patch(userAt: user, ["mobilePhone": "+1 555 0100", "faxNumber": "+1 555 0103"])
                if user < 2 { try scene.simulator.patch(userAt: user, ["mobilePhone": nil]) }
            }
            for _ in 1...2 { try await notices.sync() }
            #expect(notices.posted == ["raised recordsFailing"])
            #expect(try records(notices) == .init(new: 2, failing: 2, reasons: ["phoneEmpty": 2]))
            // One that fails for another reason as well is not new.
            try scene.simulator.patch(userAt: 0, ["faxNumber": nil])
            try await notices.sync()
            #expect(notices.posted.count == 1)
            try scene.simulator.patch(userAt: 1, ["mobilePhone": "+1 555 0101"])
            try scene.simulator.patch(userAt: 5, ["mobilePhone": nil])
            try await notices.sync()
            #expect(notices.posted.count == 2)
            #expect(try records(notices) == .init(new: 1, failing: 2, reasons: ["phoneEmpty": 1]))
            for user in [0, 5] {
                try scene.simulator.patch(userAt: user, ["mobilePhone": "+1 555 0102", "faxNumber": "+1 555 0103"])
            }
            try await notices.sync()
            #expect(notices.posted.last == "cleared recordsFailing")
            #expect(try notices.open() == [])
        }
    }

    private func records(_ notices: NoticeScene) throws -> NoticeFacts.Records? {
        try notices.scene.home.models().read { try Notices.open($0) }.last?.raised.facts.records
    }

    /// A sync that could not tell, because the process died behind it, leaves it to the next one.
    @Test func `what a sync had no time to tell is told behind the next one`() async throws {
        try await NoticeScene.with { notices in
            try notices.scene.save { $0.mapping.phones = [.mobile: "mobilePhone"] }
            try notices.scene.simulator.patch(userAt: 0, ["mobilePhone": nil])
            try await notices.scene.sync()
            #expect(try notices.open() == [])
            try await notices.sync()
            #expect(try notices.open() == [.recordsFailing])
        }
    }

    @Test func `each threshold before an expiry is told once, without a sync`() async throws {
        try await NoticeScene.with { notices in
            let scene = notices.scene
            let day: Int64 = 86_400_000
            let before = try scene.tenants[0].authorized
            func authorize(until end: Int64) throws {
                try scene.act {
                    let authorized = TenantAuthorized(
                        tenant: before.tenant, displayName: before.displayName, domains: before.domains,
                        clientID: before.clientID, signIn: .certificate, authority: before.authority,
                        graph: before.graph, expiresAt: end)
                    try $0.append(.tenantReauthorized(authorized), .tenant(before.tenant))
                }
            }
            try authorize(until: scene.clock.time + 40 * day)
            for _ in 1...45 {
                _ = try await notices.run()()
                scene.wait(days: 1)
            }
            #expect(notices.posted == Array(repeating: "raised credentialExpiring", count: 3))
            #expect(try notices.open() == [.credentialExpiring])
            try authorize(until: scene.clock.time + 300 * day)
            _ = try await notices.run()()
            #expect(notices.posted.last == "cleared credentialExpiring")
        }
    }

    @Test func `what the guard holds is told once, and that it is let through`() async throws {
        try await NoticeScene.with(users: 60) { notices in
            try await notices.sync()
            try notices.scene.guardBy(updates: 10)
            try notices.scene.rename(0..<60, "Other")
            for _ in 1...2 { try await notices.sync() }
            #expect(notices.posted == ["raised tenantHeld"])
            try await notices.scene.approve()
            _ = try await notices.run()()
            #expect(notices.posted == ["raised tenantHeld", "cleared tenantHeld"])
        }
    }
}
