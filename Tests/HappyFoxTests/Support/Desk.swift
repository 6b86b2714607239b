import ContactSync
import HTTP
import Synchronization
import WireFixtures

@testable import HappyFox

/// What a client asked of its gate.
final class GateLog: Sendable {
    private let state = Mutex<(passed: [RequestKind], throttled: [Duration?], slept: [Duration])>(([], [], []))

    var passed: [RequestKind] { state.withLock { $0.passed } }
    var throttled: [Duration?] { state.withLock { $0.throttled } }
    var slept: [Duration] { state.withLock { $0.slept } }

    var gate: RequestGate {
        RequestGate(
            pass: { kind in self.state.withLock { $0.passed.append(kind) } },
            throttled: { wait in self.state.withLock { $0.throttled.append(wait) } },
            sleep: { pause in self.state.withLock { $0.slept.append(pause) } })
    }
}

/// A client and its gate, over real sockets.
struct Desk {
    let client: HappyFoxClient
    let log: GateLog

    static let key = "simulated-key:simulated-code"

    static func with<Value>(
        _ url: String, key: String = Desk.key, _ body: (Desk) async throws -> Value
    ) async throws -> Value {
        var settings = WebSettings()
        settings.environment = [:]
        settings.retry = .single
        // A machine that runs all tests at once may keep one waiting.
        settings.attemptTimeout = .seconds(300)
        settings.connectTimeout = .seconds(120)
        settings.idleTimeout = .seconds(300)
        let web = try WebClient(settings)
        let log = GateLog()
        let client = HappyFoxClient(root: try HappyFoxRoot(url), key: try HappyFoxKey(key), web: web, gate: log.gate)
        let result: Result<Value, any Error>
        do { result = .success(try await body(Desk(client: client, log: log))) } catch { result = .failure(error) }
        await web.shutdown()
        return try result.get()
    }

    /// Against answers that no HTTP server would give, or no HappyFox.
    static func with<Value>(
        replies: [Reply], _ body: (Desk, RawServer) async throws -> Value
    ) async throws -> Value {
        try await RawServer.run(replies) { server in
            try await Desk.with(server.root) { desk in try await body(desk, server) }
        }
    }

    func create(_ count: Int, _ fields: [FieldDefinition] = []) -> [ContactPayload] {
        (1...count).map { number in
            ContactPayload.create(
                Contact(
                    id: .unassigned, email: "new\(number)@a.example", name: "New \(number)",
                    phones: [.mobile: "+49 \(number)"]), fields)
        }
    }
}
