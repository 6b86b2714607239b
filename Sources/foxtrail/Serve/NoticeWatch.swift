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
            let run = NoticeRun(
                store: try Store(home: global.directory), actor: try actor.current() ?? ServiceActor.own,
                post: NoticeConnection.post(global.secrets))
            guard let summary = try await run().progress.summary else { return }
            logger.fail(Failure(.done, summary.text, summary.hints), level: summary.isWell ? .info : .warning)
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.fail(Failure(describing: error), level: .warning)
        }
    }
}
