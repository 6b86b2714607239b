import ContactSync
import Projections
import SyncEngine

/// Notices behind a sync, which has ended: whatever goes wrong with them cannot change how it came out.
struct SyncNotices {
    let global: GlobalOptions
    let actor: String

    /// What stands is recorded, `sign` signs it with the sync, and then it is sent; what came of that is signed too.
    func send(behind log: SyncLog, sign: () -> Void) async {
        let run: NoticeRun
        do {
            run = try self.run(sync: log.sync)
            try run.raise()
        } catch {
            sign()
            return tell(error)
        }
        sign()
        do {
            let progress = try await deliver(run)
            if progress.delivered + progress.givenUp + progress.waiting > 0 { sign() }
        } catch {
            tell(error)
        }
    }

    /// Where no sync came about: what waits is sent all the same, and nobody is kept from reading why.
    func send(without error: any Error) async {
        guard case .nothingToSync? = error as? SyncError else { return }
        guard let run = try? run(sync: nil), (try? run.raise()) != nil else { return }
        _ = try? await deliver(run)
    }

    private func run(sync: Int64?) throws -> NoticeRun {
        let progress = ProgressLine(quiet: global.quiet)
        return NoticeRun(
            store: try Store(home: global.directory), actor: actor, sync: sync,
            post: NoticeConnection.post(global.secrets, progress))
    }

    private func deliver(_ run: NoticeRun) async throws -> NoticeProgress {
        let progress = try await run.deliver()
        guard !global.quiet else { return progress }
        if progress.delivered > 0, !global.json { Output.line("notices: \(progress.delivered) sent") }
        let lines = progress.lines
        if !lines.isEmpty { Notice.tell(lines.map { "hint: \($0)" }) }
        return progress
    }

    private func tell(_ error: any Error) {
        // Who ends it while notices are sent ends only that: the next run sends them.
        if error is CancellationError { return }
        let failure = Failure(describing: error)
        Notice.tell(
            (["the sync is done, but notices could not be sent: \(failure.message)"] + failure.hints)
                .map { "hint: \($0)" })
    }
}

extension NoticeProgress {
    /// What did not get through, and why; nothing where all is well.
    var lines: [String] {
        if isElsewhere { return ["another process is sending notices"] }
        let counts = [(waiting, "wait"), (givenUp, "given up")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        guard !counts.isEmpty else { return [] }
        let reasons = troubles.map(\.message).joined(separator: "; ")
        return ["notices: \(counts.joined(separator: ", "))" + (reasons.isEmpty ? "" : ": \(reasons)")]
            + troubles.flatMap(\.hints) + ["foxtrail notice list shows them, and notice send tries again"]
    }
}
