import ContactSync
import Mail
import Projections
import SyncEngine
import Synchronization

/// The account e-mails of one sync, as its command tells of them.
final class SyncMails: Sendable {
    private struct State {
        var progress = MailProgress()
        var hasServer = false
        var failure: Failure?
    }
    private let state = Mutex(State())

    func mailing(_ secrets: Secrets, _ line: ProgressLine) -> Mailing {
        Mailing(
            connect: { server in
                self.state.withLock { state in
                    state.hasServer = true
                    do { return try MailConnection.sender(server, secrets) } catch {
                        state.failure = Failure(describing: error)
                        return nil
                    }
                }
            },
            progress: { progress in
                self.state.withLock { $0.progress = progress }
                guard progress.tried > 0 else { return }
                line.show("account e-mails", Int64(progress.tried), of: Int64(progress.total), unit: "sent")
            })
    }

    /// What became of them, and what to do where something is wrong.
    struct Summary {
        let text: String
        let isWell: Bool
        let advice: [String]
    }

    func tell(_ global: GlobalOptions) throws {
        guard !global.quiet, let summary = try summary(global) else { return }
        guard summary.isWell else {
            if summary.advice.isEmpty { return Notice.hint(summary.text, quiet: false) }
            return Notice.tell([summary.text] + summary.advice.map { "hint: \($0)" })
        }
        if !global.json { Output.line(summary.text) }
    }

    /// Nil where there was nothing to send and a way to do so.
    func summary(_ global: GlobalOptions) throws -> Summary? {
        let (progress, hasServer, failure) = state.withLock { ($0.progress, $0.hasServer, $0.failure) }
        let waiting = progress.total - progress.tried
        let parts = [
            (progress.sent, "sent"), (progress.refused, "refused"), (progress.unknown, "perhaps sent, not sent again"),
            (progress.postponed, "to be tried again"),
            (max(0, waiting), hasServer ? "waiting" : "waiting for a mail server"),
        ]
        let told = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        guard !told.isEmpty else {
            guard try lacksServer(global) else { return nil }
            return Summary(
                text: "account e-mails wait for a mail server: foxtrail mail set", isWell: false, advice: [])
        }
        let text = "account e-mails: \(told)"
        if progress.sent == progress.total && progress.unknown == 0 {
            return Summary(text: text, isWell: true, advice: [])
        }
        let cause = failure?.message ?? progress.trouble
        let advice =
            failure?.hints ?? [hasServer ? "foxtrail mail list shows them" : "foxtrail mail set names a server"]
        return Summary(text: text + (cause.map { ": \($0)" } ?? ""), isWell: false, advice: advice)
    }

    /// Whether those of the next new contacts would have to wait.
    private func lacksServer(_ global: GlobalOptions) throws -> Bool {
        try global.readModels().read { db in
            try AccountMails.server(db) == nil && SyncLog.fetch(db)?.mailing.isEmpty == false
        }
    }
}
