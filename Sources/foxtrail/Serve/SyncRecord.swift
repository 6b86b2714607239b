import ContactSync
import Logging
import Projections

/// What the log says of a sync that has ended: counts and causes, and nobody's name.
struct SyncRecord {
    let log: SyncLog
    let session: SyncSession
    let logger: Logger

    /// The sync is over: nothing that goes wrong here makes it one that failed.
    func tell(_ duration: Duration) {
        do {
            try tellAll(duration)
        } catch {
            let failure = Failure(describing: error)
            let words = "sync \(log.sync) has ended, and what came of it cannot be told: \(failure.message)"
            logger.fail(Failure(failure.code, words, failure.hints), level: .warning, metadata(duration))
        }
    }

    private func tellAll(_ duration: Duration) throws {
        if let failure = try session.failure(log) {
            let words = "sync \(log.sync) failed: \(failure.message)"
            logger.fail(Failure(failure.code, words, failure.hints), metadata(duration))
        } else if log.totals.failed > 0 {
            let words = "sync \(log.sync) completed, and records failed"
            logger.fail(
                Failure(.recordsFailed, words, [SyncSession.failedRecordsHint]), level: .warning, metadata(duration))
        } else {
            logger.info("sync \(log.sync) completed", metadata: metadata(duration))
        }
        if let mails = try session.mails.summary(session.global) {
            logger.fail(Failure(.done, mails.text, mails.advice), level: mails.isWell ? .info : .warning)
        }
        if let notices = session.notices.summary {
            logger.fail(Failure(.done, notices.text, notices.hints), level: notices.isWell ? .info : .warning)
        }
    }

    private func metadata(_ duration: Duration) -> Logger.Metadata {
        [
            "sync": .number(log.sync), "status": .string(log.status.rawValue), "new": .number(Int64(log.totals.new)),
            "existing": .number(Int64(log.totals.existing)), "failed": .number(Int64(log.totals.failed)),
            "milliseconds": .number(Int64(duration / .milliseconds(1))),
            "tenants": .array(log.tenants.map { .string($0.rawValue) }),
        ]
    }
}
