import ContactSync
import Projections
import SyncEngine
import WireFixtures

/// A tenant whose answers are written down, for what Graph may send and the simulator does not.
struct ScriptedTenant {
    private static let token = Reply.answer(200, #"{"token_type":"Bearer","expires_in":3600,"access_token":"t1"}"#)
    let scene: Scene
    private let server: RawServer

    /// Runs `body` on a help desk that maps the mobile phone and reads this tenant.
    static func with(_ body: (ScriptedTenant) async throws -> Void) async throws {
        try await RawServer.run([token]) { server in
            try await Scene.with(settings: { $0.mapping.phones = [.mobile: "mobilePhone"] }) { scene in
                try scene.authorize(at: server.root)
                try await body(ScriptedTenant(scene: scene, server: server))
            }
        }
    }

    /// A sync whose pages have these entries.
    func sync(_ pages: String...) async throws -> SyncLog {
        let bodies = pages.enumerated().map { number, entries in
            let link = number == pages.count - 1 ? "deltaLink" : "nextLink"
            return "{\"value\":[\(entries)],\"@odata.\(link)\":\"\(server.root)/v1.0/users/delta?$s=\(number)\"}"
        }
        server.reply([ScriptedTenant.token] + bodies.map { .answer(200, $0) })
        return try await scene.sync()
    }

    /// A sync that is told of changes, and then of everybody.
    func sync(changes: String, everybody: String) async throws -> SyncLog {
        let bodies = [changes, everybody].map {
            "{\"value\":[\($0)],\"@odata.deltaLink\":\"\(server.root)/v1.0/users/delta?$s=0\"}"
        }
        server.reply([ScriptedTenant.token] + bodies.map { .answer(200, $0) })
        return try await scene.sync()
    }

    /// A sync whose one page is a whole listing.
    func list(_ entries: [String]) async throws -> SyncLog {
        server.reply([ScriptedTenant.token, .answer(200, "{\"value\":[\(entries.joined(separator: ","))]}")])
        return try await scene.sync()
    }
}
