import ContactSync
import HTTP
import HappyFox
import Projections
import SyncEngine

/// How a help desk elsewhere is reached.
enum HelpDeskAccess {
    static let keyHint = "foxtrail help-desk use happyfox --url URL --api-key-file FILE stores it again"

    /// Every request is attempted once: HappyFox's client knows what can be repeated, and counts what it sends.
    static func web() throws -> WebClient {
        var settings = WebSettings()
        settings.retry = .single
        // A hundred contacts take HappyFox a while, but an answer that drips in must not hold a sync.
        settings.attemptTimeout = .seconds(90)
        return try WebClient(settings)
    }

    static func client(
        for desk: HelpDesk, secrets: Secrets, web: WebClient, gate: RequestGate = .open
    ) throws -> HappyFoxClient {
        HappyFoxClient(
            root: try HappyFoxRoot(desk.url ?? ""),
            key: try HappyFoxKey(try secrets.load(.happyFoxKey, hint: keyHint)), web: web, gate: gate)
    }

    /// For a sync, which records what keeps it from the help desk instead of ending with it.
    ///
    /// - Parameter isRehearsal: Nothing is written, whatever the sync's steps say.
    static func connection(
        secrets: Secrets, web: WebClient, progress: ProgressLine, isRehearsal: Bool = false
    ) -> HelpDeskConnection {
        HelpDeskConnection(
            client: { desk, gate in
                do {
                    return try client(for: desk, secrets: secrets, web: web, gate: gate)
                } catch let error as Failure {
                    throw HappyFoxError(.unexpected, error.message, hints: error.hints)
                }
            },
            progress: { step in
                if isRehearsal, case .writing = step { return }
                progress.show(step)
            })
    }

    /// The client of the help desk that is in use, for one command.
    static func with<T>(_ global: GlobalOptions, _ body: (HappyFoxClient) async throws -> T) async throws -> T {
        let state = try global.readModels().read { try HelpDeskState.fetch($0) }
        let desk = state.desk
        guard desk.isRemote else {
            throw Failure(
                .configuration, "the contacts live in the embedded help desk, and nowhere else",
                ["foxtrail help-desk use happyfox --url URL --api-key-file FILE"])
        }
        if let until = state.throttledUntil, until > Clock.now() {
            throw Failure(
                .remoteUnavailable, "HappyFox refuses requests until \(Output.time(until))",
                ["too many were made in a minute; requests before then count as well"])
        }
        let web = try web()
        let result: Result<T, any Error>
        do {
            result = .success(try await body(client(for: desk, secrets: global.secrets, web: web)))
        } catch { result = .failure(error) }
        await web.shutdown()
        return try result.get()
    }
}
