import Logging
import Projections
import ServiceLifecycle
import SyncEngine

/// Sends notices between syncs: what expires is told on its day, and what did not get through does not wait for midnight.
struct NoticeWatch: Service {
    private static let pause = Duration.seconds(3600)

    let global: GlobalOptions
    let actor: ServiceActor
    let logger: Logger

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                while true {
                    try await Task.sleep(for: NoticeWatch.pause)
                    try await look()
                }
            }
        } catch is CancellationError {}
    }

    /// Whatever it ends with, the next one is tried.
    private func look() async throws {
        do {
            let actor = try actor.current() ?? ServiceActor.own
            let run = NoticeRun(
                store: try Store(home: global.directory), actor: actor, isPaced: true,
                post: NoticeConnection.post(global.secrets))
            let (events, progress) = try await run()
            if !events.isEmpty || progress.isRecorded { _ = try Signing(home: global.directory).sign(actor: actor) }
            guard let summary = progress.summary else { return }
            logger.fail(Failure(.done, summary.text, summary.hints), level: summary.isWell ? .info : .warning)
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.fail(Failure(describing: error), level: .warning)
        }
    }
}
