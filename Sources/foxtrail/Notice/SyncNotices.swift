import ContactSync
import Projections
import SyncEngine
import Synchronization

/// Notices behind a sync, which has ended: whatever goes wrong with them cannot change how it came out.
final class SyncNotices: Sendable {
    private struct State {
        var progress = NoticeProgress()
        var failure: Failure?
    }
    private let state = Mutex(State())

    /// What stands is recorded, `sign` signs it with the sync, and then it is sent; what came of that is signed too.
    func send(
        behind log: SyncLog, _ global: GlobalOptions, actor: String, _ stepped: @escaping @Sendable (Duration) -> Void,
        sign: () -> Void
    ) async {
        let run: NoticeRun
        do {
            run = try make(global, actor, log.sync, stepped)
            try run.raise()
        } catch {
            note(error)
            return sign()
        }
        sign()
        do {
            let progress = try await run.deliver()
            state.withLock { $0.progress = progress }
            if progress.isAnything { sign() }
        } catch {
            note(error)
        }
    }

    /// No sync came about: what waits is sent all the same, and nobody is kept from reading why. Returns what kept the
    /// notices from being sent.
    func sendWithoutSync(
        _ global: GlobalOptions, actor: String, _ stepped: @escaping @Sendable (Duration) -> Void
    ) async -> [String]? {
        do {
            _ = try await make(global, actor, nil, stepped)()
            return nil
        } catch is CancellationError {
            return nil
        } catch {
            let failure = Failure(describing: error)
            return ["notices could not be sent: \(failure.message)"] + failure.hints
        }
    }

    private func make(
        _ global: GlobalOptions, _ actor: String, _ sync: Int64?, _ stepped: @escaping @Sendable (Duration) -> Void
    ) throws -> NoticeRun {
        let progress = ProgressLine(quiet: global.quiet, stepped: stepped)
        return NoticeRun(
            store: try Store(home: global.directory), actor: actor, sync: sync,
            post: NoticeConnection.post(global.secrets, progress))
    }

    private func note(_ error: any Error) {
        // Who ends it while notices are sent ends only that: the next run sends them.
        if error is CancellationError { return }
        state.withLock { $0.failure = Failure(describing: error) }
    }

    /// What came of them, for a log; nil where there was nothing to send.
    var summary: (text: String, hints: [String], isWell: Bool)? {
        let (progress, failure) = state.withLock { ($0.progress, $0.failure) }
        if let failure { return ("notices could not be sent: \(failure.message)", failure.hints, false) }
        return progress.summary
    }

    func tell(_ global: GlobalOptions) {
        let (progress, failure) = state.withLock { ($0.progress, $0.failure) }
        if let failure {
            let text = "the sync is done, but notices could not be sent: \(failure.message)"
            Notice.tell(([text] + failure.hints).map { "hint: \($0)" })
        }
        guard !global.quiet else { return }
        if progress.delivered > 0, !global.json { Output.line("notices: \(progress.delivered) sent") }
        let lines = progress.lines
        if !lines.isEmpty { Notice.tell(lines.map { "hint: \($0)" }) }
    }
}

extension NoticeProgress {
    fileprivate var isAnything: Bool { delivered + waiting + givenUp > 0 }

    /// For a log; nil where there was nothing to send.
    var summary: (text: String, hints: [String], isWell: Bool)? {
        guard isAnything else { return nil }
        guard let first = lines.first else { return ("notices: \(delivered) sent", [], true) }
        return (first, Array(lines.dropFirst()), false)
    }

    /// What did not get through, and why; nothing where all is well.
    var lines: [String] {
        if isElsewhere { return ["another process is sending notices"] }
        let counts = [(waiting, waiting == 1 ? "waits" : "wait"), (givenUp, "given up")].filter { $0.0 > 0 }
        guard !counts.isEmpty else { return [] }
        let reasons = troubles.map(\.message).joined(separator: "; ")
        let told = counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        return ["notices: \(told)" + (reasons.isEmpty ? "" : ": \(reasons)")]
            + troubles.flatMap(\.hints) + ["foxtrail notice list shows them, and notice send tries again"]
    }
}
