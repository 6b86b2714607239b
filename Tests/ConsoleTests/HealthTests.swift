import Console
import Foundation
import GRDB
import Journal
import ServiceLifecycle
import Testing

struct HealthTests {
    @Test func `a process is healthy while its scheduler beats`() async throws {
        let home = try Home()
        try await Visitor.with(home: home.path) { visitor in
            let answer = try await visitor.ask("/healthz")
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "application/json")
            #expect(answer.text.hasPrefix("{\"healthy\":true,\"secondsSinceBeat\":"))
        }
    }

    @Test func `it is not when the beat has stopped, and is again with the next`() async throws {
        let home = try Home()
        let pulse = Pulse(limit: .seconds(3600), start: .now.advanced(by: .seconds(-3601)))
        try await Visitor.with(home: home.path, pulse: pulse) { visitor in
            let answer = try await visitor.ask("/healthz")
            #expect(answer.status == 503)
            #expect(answer.text.hasPrefix("{\"healthy\":false"))
            pulse.beat(at: 0)
            #expect(try await visitor.ask("/healthz").status == 200)
        }
    }

    @Test func `a pause that was announced is no standstill, and what outlasts it is`() {
        // Nobody has beaten for an hour: the last beat announced as much, or less.
        let start = SuspendingClock.Instant.now.advanced(by: .seconds(-3600))
        #expect(!Pulse(limit: .seconds(300), start: start).isAlive)
        let pulse = Pulse(limit: .zero)
        pulse.beat(at: 0, before: .seconds(3600))
        #expect(pulse.isAlive)
        pulse.beat(at: 0, before: .nanoseconds(1))
        #expect(!pulse.isAlive)
    }

    @Test func `a home that can be read is ready`() async throws {
        let home = try Home()
        try await Visitor.with(home: home.path) { visitor in
            let answer = try await visitor.ask("/readyz")
            let checks = #"{"checkpoint":"ok","disk":"ok","journal":"ok","projections":"ok","writing":"ok"}"#
            #expect(answer.text == "{\"checks\":\(checks),\"failing\":[],\"ready\":true}\n")
            #expect(answer.status == 200)
        }
    }

    @Test func `what keeps it from being ready is named`() async throws {
        let home = try Home()
        try await Visitor.with(home: home.path) { visitor in
            try DatabaseQueue(path: home.path + "/projections.sqlite").inDatabase {
                try $0.execute(sql: "DROP TABLE stamp")
            }
            #expect(try await visitor.ask("/readyz").text.contains(#""failing":["projections"]"#))
            try Data("damaged".utf8).write(to: URL(filePath: home.path + "/checkpoint"))
            #expect(try await visitor.ask("/readyz").text.contains(#""failing":["checkpoint","projections"]"#))
            try FileManager.default.removeItem(atPath: home.path + "/checkpoint")
            try DatabaseQueue(path: JournalFile.path(home: home.path)).inDatabase {
                try $0.execute(sql: "PRAGMA user_version = 99")
            }
            let answer = try await visitor.ask("/readyz")
            #expect(answer.status == 503)
            #expect(answer.text.contains(#""journal":"it has format 99, which a newer foxtrail wrote""#))
            #expect(!answer.text.contains(home.path))
        }
    }

    @Test func `other pages and methods are refused`() async throws {
        let home = try Home()
        try await Visitor.with(home: home.path) { visitor in
            #expect(try await visitor.ask("/").status == 404)
            let refused = try await visitor.ask("/metrics", method: "POST")
            #expect(refused.status == 405)
            #expect(refused.headers["allow"] == "GET, HEAD")
            let head = try await visitor.ask("/healthz", method: "HEAD")
            #expect(head.status == 200)
            #expect(head.text.isEmpty)
        }
    }

    @Test func `an address that cannot be taken is told`() async throws {
        let home = try Home()
        try await Visitor.with(home: home.path) { visitor in
            await #expect(throws: ConsoleError.addressInUse(host: "127.0.0.1", port: visitor.port)) {
                try await server(home, "127.0.0.1", visitor.port).run()
            }
        }
        await #expect(throws: ConsoleError.noSuchAddress(host: "192.0.2.1")) {
            try await server(home, "192.0.2.1", 0).run()
        }
        await #expect(throws: ConsoleError.noSuchAddress(host: "..")) {
            try await server(home, "..", 0).run()
        }
    }

    @Test(.timeLimit(.minutes(10))) func `it ends with its group, whoever still holds a connection`() async throws {
        let home = try Home()
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        let server = server(home, "127.0.0.1", 0) { ready.yield($0) }
        let group = ServiceGroup(services: [server], logger: Visitor.quietLogger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let port = await ports.first { _ in true } ?? 0
            #expect(try await Visitor(port: port).ask("/healthz").status == 200)
            await group.triggerGracefulShutdown()
            // Would wait for ever; how soon it is, scenarios tell, where nothing else is at work.
            try await tasks.waitForAll()
        }
    }

    private func server(
        _ home: Home, _ host: String, _ port: Int, onReady: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> ConsoleServer {
        ConsoleServer(
            host: host, port: port, home: home.path, pulse: Pulse(), version: "1.2.3", now: { 0 },
            logger: Visitor.quietLogger,
            onReady: onReady)
    }
}
