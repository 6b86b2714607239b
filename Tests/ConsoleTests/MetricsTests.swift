import ContactSync
import Foundation
import HTTP
import Projections
import Testing
import WireFixtures

@testable import Console

struct MetricsTests {
    @Test func `syncs are counted over restarts, and the same when everything is made anew`() async throws {
        let home = try Home()
        try home.authorize(expiresAt: 4_000_000_000_000)
        try home.sync(1, .enabled, at: 1_000_000)
        try home.sync(2, .schedule, at: 2_000_000)
        try home.sync(3, .schedule, at: 3_000_000)
        try home.sync(4, .schedule, at: 4_000_000, failing: true)
        try home.sync(5, .approved, at: 5_000_000)
        func check() async throws {
            try await Visitor.with(home: home.path, nextSync: { 6_000_000 }) { visitor in
                let metrics = try await visitor.metrics()
                #expect(metrics["foxtrail_syncs_total{trigger=\"schedule\",status=\"completed\"}"] == 2)
                #expect(metrics["foxtrail_syncs_total{trigger=\"schedule\",status=\"failed\"}"] == 1)
                #expect(metrics["foxtrail_sync_seconds_total{trigger=\"schedule\",status=\"completed\"}"] == 4)
                #expect(metrics["foxtrail_records_total{outcome=\"existing\"}"] == 100)
                #expect(metrics["foxtrail_last_complete_sync_timestamp_seconds"] == 3002)
                #expect(metrics["foxtrail_last_complete_sync_duration_seconds"] == 2)
                #expect(metrics["foxtrail_last_sync_status{status=\"completed\"}"] == 1)
                #expect(metrics["foxtrail_last_sync_end_timestamp_seconds"] == 5002)
                #expect(metrics["foxtrail_next_sync_timestamp_seconds"] == 6000)
                #expect(metrics["foxtrail_build_info{version=\"1.2.3\"}"] == 1)
            }
        }
        try await check()
        _ = try ReadModels.rebuild(home: home.path)
        try await check()
    }

    @Test func `tenants are named by their ids, and tell how long they can be read`() async throws {
        let home = try Home()
        let inTenDays = Int64(Date().timeIntervalSince1970 * 1000) + 864_000_000
        try home.authorize(expiresAt: inTenDays)
        try await Visitor.with(home: home.path) { visitor in
            let metrics = try await visitor.metrics()
            #expect(metrics["foxtrail_tenants{status=\"active\"}"] == 1)
            let labels = "{tenant=\"\(home.tenant)\",credential=\"certificate\"}"
            let days = try #require(metrics["foxtrail_tenant_credential_expiry_days\(labels)"])
            #expect(abs(days - 10) < 0.1)
            #expect(try await !visitor.ask("/metrics").text.contains("Contoso"))
            try home.append(
                .tenantDisabled(TenantDisabled(tenant: home.tenant, reason: "", aadsts: nil, advice: "")),
                .tenant(home.tenant))
            #expect(try await visitor.metrics()["foxtrail_tenants{status=\"disabled\"}"] == 1)
        }
    }

    @Test func `the page has the format's type, and every metric its help and kind, once`() async throws {
        let home = try Home()
        try home.authorize(expiresAt: 0)
        try home.sync(1, .manual, at: 1000)
        try await Visitor.with(home: home.path) { visitor in
            let page = try await visitor.ask("/metrics")
            #expect(page.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
            let lines = page.text.split(separator: "\n")
            let kinds = lines.filter { $0.hasPrefix("# TYPE ") }.map { $0.split(separator: " ")[2] }
            #expect(Set(kinds).count == kinds.count)
            let names = Set(lines.filter { !$0.hasPrefix("#") }.map { $0.prefix { $0 != "{" && $0 != " " } })
            #expect(names == Set(kinds))
            let counters = lines.filter { $0.hasSuffix(" counter") }.map { $0.split(separator: " ")[2] }
            #expect(counters.allSatisfy { $0.hasSuffix("_total") })
        }
    }

    @Test func `a home that cannot be read is told, and the process still tells of itself`() async throws {
        let home = try Home()
        for name in try FileManager.default.contentsOfDirectory(atPath: home.path) {
            try FileManager.default.removeItem(atPath: home.path + "/" + name)
        }
        try await Visitor.with(home: home.path) { visitor in
            let metrics = try await visitor.metrics()
            #expect(metrics["foxtrail_readable{file=\"journal\"}"] == 0)
            #expect(metrics["foxtrail_readable{file=\"projections\"}"] == 0)
            #expect(metrics["process_resident_memory_bytes"] ?? 0 > 1_000_000)
        }
    }

    @Test func `requests and their waits are counted where they are made`() async throws {
        let counters = Counters.shared
        var settings = WebSettings()
        settings.environment = [:]
        settings.sleep = { _ in }
        let client = try WebClient(settings)
        try await RawServer.run([
            .answer(429, headers: ["Retry-After: 7"]),
            .raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", closes: true),
            .answer(200, "{}"),
        ]) { server in
            _ = try await client.send(WebRequest(.get, server.root, service: "test"))
        }
        await client.shutdown()
        let home = try Home()
        try await Visitor.with(home: home.path, counters: counters) { visitor in
            let metrics = try await visitor.metrics()
            for status in ["429", "200", "error"] {
                let labels = "{service=\"test\",method=\"GET\",status=\"\(status)\"}"
                #expect(metrics["foxtrail_requests_total\(labels)"] == 1)
            }
            #expect(metrics["foxtrail_request_waits_total{service=\"test\",reason=\"connection\"}"] == 1)
            #expect(metrics["foxtrail_request_wait_seconds_total{service=\"test\",reason=\"throttled\"}"] == 7)
        }
    }

    @Test func `labels and numbers are written as the format has it`() {
        var exposition = Exposition()
        exposition.add("a", .gauge, "back\\slash\nline", [.init(.infinity, (name: "b", value: "\"q\"\\\n"))])
        exposition.add("c", .gauge, "", 1e15)
        exposition.add("d", .gauge, "", 0.25)
        exposition.add("e", .gauge, "", [])
        #expect(
            exposition.text == """
                # HELP a back\\\\slash\\nline
                # TYPE a gauge
                a{b="\\"q\\"\\\\\\n"} +Inf
                # HELP c\u{20}
                # TYPE c gauge
                c 1000000000000000
                # HELP d\u{20}
                # TYPE d gauge
                d 0.25

                """)
    }
}
